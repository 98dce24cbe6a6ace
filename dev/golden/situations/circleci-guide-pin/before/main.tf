locals {
  organization = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11"
  issuer       = "oidc.circleci.com/org/${local.organization}"
  project      = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03"
  deployers = {
    alice = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01"
  }
}

resource "aws_iam_openid_connect_provider" "circleci" {
  url             = "https://${local.issuer}"
  client_id_list  = [local.organization]
  thumbprint_list = ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"]
}

data "aws_iam_policy_document" "deploy" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.circleci.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = [local.organization]
    }
    condition {
      test     = "StringLike"
      variable = "${local.issuer}:sub"
      values   = [for user in local.deployers : "org/${local.organization}/project/${local.project}/user/${user}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main"]
    }
  }
}

resource "aws_iam_role" "deploy" {
  name               = "website-deploy"
  assume_role_policy = data.aws_iam_policy_document.deploy.json
}

resource "aws_iam_role_policy" "deploy" {
  name = "site"
  role = aws_iam_role.deploy.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:PutObject", "s3:DeleteObject"], Resource = "arn:aws:s3:::acme-website/*" }]
  })
}
