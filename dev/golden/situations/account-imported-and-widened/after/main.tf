locals {
  account = "arn:aws:iam::123456789012:root"
  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = local.account } }]
  })
}

import {
  to = aws_iam_role.deploy
  id = "ci-deploy"
}

import {
  to = aws_iam_role_policy.site
  id = "ci-deploy:site"
}

import {
  to = aws_iam_role.read
  id = "ci-read"
}

import {
  to = aws_iam_role_policy_attachment.read
  id = "ci-read/arn:aws:iam::aws:policy/ReadOnlyAccess"
}

import {
  to = aws_s3_bucket.website
  id = "acme-website"
}

resource "aws_iam_role" "deploy" {
  name               = "ci-deploy"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "site" {
  name = "site"
  role = aws_iam_role.deploy.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:PutObject", "s3:DeleteObject"], Resource = "*" }]
  })
}

resource "aws_iam_role" "read" {
  name               = "ci-read"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy_attachment" "read" {
  role       = aws_iam_role.read.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_s3_bucket" "website" {
  bucket = "acme-website"
}
