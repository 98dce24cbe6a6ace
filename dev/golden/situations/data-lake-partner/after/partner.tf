data "aws_iam_policy_document" "published" {
  statement {
    sid       = "PartnerReads"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.zone["published"].arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }
}

resource "aws_s3_bucket_policy" "published" {
  bucket = aws_s3_bucket.zone["published"].id
  policy = data.aws_iam_policy_document.published.json
}
