variable "name" { type = string }
variable "buckets" { type = list(string) }

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/team"
      values   = [var.name]
    }
  }
}

data "aws_iam_policy_document" "access" {
  statement {
    actions   = ["s3:ListBucket"]
    resources = [for bucket in var.buckets : "arn:aws:s3:::${bucket}"]
  }
  statement {
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = [for bucket in var.buckets : "arn:aws:s3:::${bucket}/*"]
  }
}

resource "aws_iam_role" "this" {
  name               = "team-${var.name}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  tags               = { team = var.name }
}

resource "aws_iam_role_policy" "access" {
  name   = "buckets"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.access.json
}
