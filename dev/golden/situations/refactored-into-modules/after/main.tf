module "orders" {
  source = "./modules/function"
  name   = "orders"
}

module "invoices" {
  source = "./modules/function"
  name   = "invoices"
}

module "emails" {
  source = "./modules/function"
  name   = "emails"
}

module "exports" {
  source = "./modules/function"
  name   = "exports"
}

moved {
  from = aws_iam_role.orders
  to   = module.orders.aws_iam_role.this
}

moved {
  from = aws_iam_role_policy.orders
  to   = module.orders.aws_iam_role_policy.this
}

moved {
  from = aws_sqs_queue.orders
  to   = module.orders.aws_sqs_queue.this
}

moved {
  from = aws_iam_role.invoices
  to   = module.invoices.aws_iam_role.this
}

moved {
  from = aws_iam_role_policy.invoices
  to   = module.invoices.aws_iam_role_policy.this
}

moved {
  from = aws_sqs_queue.invoices
  to   = module.invoices.aws_sqs_queue.this
}

moved {
  from = aws_iam_role.emails
  to   = module.emails.aws_iam_role.this
}

moved {
  from = aws_iam_role_policy.emails
  to   = module.emails.aws_iam_role_policy.this
}

moved {
  from = aws_sqs_queue.emails
  to   = module.emails.aws_sqs_queue.this
}

moved {
  from = aws_iam_role.exports
  to   = module.exports.aws_iam_role.this
}

moved {
  from = aws_iam_role_policy.exports
  to   = module.exports.aws_iam_role_policy.this
}

moved {
  from = aws_sqs_queue.exports
  to   = module.exports.aws_sqs_queue.this
}
