locals {
  buckets = ["acme-a", "acme-b", "acme-c"]
}

resource "aws_iam_role" "reader" {
  for_each = toset(local.buckets)
  name     = "reader-${each.key}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "reader" {
  for_each = toset(local.buckets)
  name     = "bucket"
  role     = aws_iam_role.reader[each.key].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${each.key}/*" }]
  })
}
