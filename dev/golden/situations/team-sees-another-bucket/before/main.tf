locals {
  teams = {
    payments = ["acme-payments"]
    search   = ["acme-search", "acme-search-index"]
  }
}

module "team" {
  for_each = local.teams
  source   = "./modules/team"
  name     = each.key
  buckets  = each.value
}
