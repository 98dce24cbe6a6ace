locals {
  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
  functions = ["orders", "invoices", "emails", "exports"]
}

resource "aws_iam_role" "orders" {
  name               = "fn-orders"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "orders" {
  name = "table"
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem"], Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/orders" }]
  })
}

resource "aws_sqs_queue" "orders" {
  name = "fn-orders"
}

resource "aws_iam_role" "invoices" {
  name               = "fn-invoices"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "invoices" {
  name = "table"
  role = aws_iam_role.invoices.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem"], Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/invoices" }]
  })
}

resource "aws_sqs_queue" "invoices" {
  name = "fn-invoices"
}

resource "aws_iam_role" "emails" {
  name               = "fn-emails"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "emails" {
  name = "table"
  role = aws_iam_role.emails.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem"], Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/emails" }]
  })
}

resource "aws_sqs_queue" "emails" {
  name = "fn-emails"
}

resource "aws_iam_role" "exports" {
  name               = "fn-exports"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "exports" {
  name = "table"
  role = aws_iam_role.exports.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem"], Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/exports" }]
  })
}

resource "aws_sqs_queue" "exports" {
  name = "fn-exports"
}
