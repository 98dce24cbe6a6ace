resource "aws_iam_role" "indexer" {
  name = "indexer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_sqs_queue" "index" {
  name_prefix = "index-"
}

resource "aws_iam_role_policy" "access" {
  name = "access"
  role = aws_iam_role.indexer.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = aws_sqs_queue.index.arn }]
  })
}
