variable "name" { type = string }
variable "actions" {
  type    = list(string)
  default = ["dynamodb:GetItem", "dynamodb:PutItem"]
}

resource "aws_iam_role" "this" {
  name = "fn-${var.name}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "table"
  role = aws_iam_role.this.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.actions, Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/${var.name}" }]
  })
}

resource "aws_sqs_queue" "this" {
  name = "fn-${var.name}"
}
