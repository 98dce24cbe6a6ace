locals {
  zones = ["raw", "curated", "published"]
}

resource "aws_s3_bucket" "zone" {
  for_each = toset(local.zones)
  bucket   = "acme-lake-${each.key}"
}

resource "aws_s3_bucket_public_access_block" "zone" {
  for_each                = aws_s3_bucket.zone
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_iam_role" "etl" {
  name = "lake-etl"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "glue.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "etl" {
  statement {
    sid       = "Read"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = [aws_s3_bucket.zone["raw"].arn, "${aws_s3_bucket.zone["raw"].arn}/*"]
  }
  statement {
    sid       = "Write"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.zone["curated"].arn}/*"]
  }
}

resource "aws_iam_role_policy" "etl" {
  name   = "lake"
  role   = aws_iam_role.etl.id
  policy = data.aws_iam_policy_document.etl.json
}
