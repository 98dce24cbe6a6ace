locals {
  buckets = ["acme-b", "acme-c"]
}

resource "aws_iam_role" "reader" {
  count = length(local.buckets)
  name  = "reader-${local.buckets[count.index]}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "reader" {
  count = length(local.buckets)
  name  = "bucket"
  role  = aws_iam_role.reader[count.index].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${local.buckets[count.index]}/*" }]
  })
}
