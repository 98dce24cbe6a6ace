locals {
  services = toset(["accounts", "basket", "billing", "catalogue", "delivery", "invoices", "mail", "orders", "prices", "returns", "search", "stock", "tax", "vouchers"])
  files    = { invoices = ["s3:GetObject", "s3:PutObject"] }
}

resource "aws_iam_role" "service" {
  for_each = local.services
  name     = each.key
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "service" {
  for_each = local.services
  name     = "files"
  role     = aws_iam_role.service[each.key].name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = lookup(local.files, each.key, "s3:GetObject"), Resource = "arn:aws:s3:::acme-${each.key}/*" }]
  })
}

resource "aws_cloudwatch_log_group" "service" {
  for_each          = local.services
  name              = "/ecs/${each.key}"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "/audit"
  retention_in_days = 90
}
