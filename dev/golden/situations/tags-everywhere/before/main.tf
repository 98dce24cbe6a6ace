locals {
  tags = { owner = "platform" }
}

resource "aws_iam_role" "service" {
  count = 12
  name  = "service-${count.index}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
  tags = local.tags
}

resource "aws_sqs_queue" "service" {
  count = 12
  name  = "service-${count.index}"
  tags  = local.tags
}

resource "aws_s3_bucket" "service" {
  count  = 4
  bucket = "acme-service-${count.index}"
  tags   = local.tags
}
