#!/usr/bin/env bash
# Creates an account with an OIDC provider, roles with common forms of trust policies, and buckets.
# Uses the AWS CLI's settings (endpoint, region, credentials); IDs are those of examples/talk.
set -euo pipefail

ORG=6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11
PROJECT=77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
ALICE=0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01
BOB=91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02
ACCOUNT=123456789012
HOST=oidc.circleci.com/org/$ORG
PROVIDER=arn:aws:iam::$ACCOUNT:oidc-provider/$HOST
MAIN=/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main

# A provider with a second audience and a thumbprint, which AWS used to require.
aws iam create-open-id-connect-provider --url "https://$HOST" --client-id-list "$ORG" sts.amazonaws.com \
  --thumbprint-list 9e99a48a9960b14926bb7f3b02e22da2b0ab7280 --tags Key=owner,Value=platform >/dev/null
# A provider with a trailing slash, which no token matches.
aws iam create-open-id-connect-provider --url "https://$HOST/" --client-id-list "$ORG" \
  --thumbprint-list 9e99a48a9960b14926bb7f3b02e22da2b0ab7280 >/dev/null

trust() { # OPERATOR SUBJECT
  printf '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"%s"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"%s:aud":"%s"},"%s":{"%s:sub":"%s"}}}]}' \
    "$PROVIDER" "$HOST" "$ORG" "$1" "$HOST" "$2"
}
exactly() { # SUBJECT…: one operator for both keys, lists of one value, another order of keys
  local IFS='|'
  local list
  list=$(printf '"%s",' "$@")
  printf '{"Statement":{"Condition":{"StringEquals":{"%s:sub":[%s],"%s:aud":["%s"]}},"Action":["sts:AssumeRoleWithWebIdentity"],"Principal":{"Federated":["%s"]},"Effect":"Allow"},"Version":"2012-10-17"}' \
    "$HOST" "${list%,}" "$HOST" "$ORG" "$PROVIDER"
}
subject() { printf 'org/%s/project/%s/user/%s%s' "$ORG" "$PROJECT" "$1" "$MAIN"; }
allow() { printf '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":%s,"Resource":%s}]}' "$1" "$2"; }

aws iam create-policy --policy-name ci-boundary --path /ci/ --description "what CI may do at most" \
  --policy-document "$(allow '"s3:*"' '"*"')" >/dev/null
aws iam create-policy --policy-name site-writers --policy-document \
  "$(allow '["s3:PutObject","s3:DeleteObject"]' '["arn:aws:s3:::acme-plain/*","arn:aws:s3:::acme-other-account/*"]')" >/dev/null

# 1 An exact role, with nothing else; no description.
aws iam create-role --role-name exact --assume-role-policy-document "$(exactly "$(subject $ALICE)")" >/dev/null
# 2 Exact, with a Sid and StringLike.
aws iam create-role --role-name worded --assume-role-policy-document "$(trust StringLike "$(subject $ALICE)" | sed 's/"Effect"/"Sid":"CircleCI","Effect"/')" >/dev/null
# 3 Exact, two people; path and description set, a session above an hour, tags.
aws iam create-role --role-name website-release --path /ci/prod/ --description "Releases the website; ask #platform" \
  --max-session-duration 7200 --tags Key=team,Value=web Key=cost-centre,Value=42 \
  --assume-role-policy-document "$(exactly "$(subject $ALICE)" "$(subject $BOB)")" >/dev/null
# 4 Everyone of the project, including forks.
aws iam create-role --role-name project-wide --assume-role-policy-document "$(trust StringLike "org/$ORG/project/$PROJECT/user/*")" >/dev/null
# 5 Every project of the organization.
aws iam create-role --role-name org-wide --description "old" --assume-role-policy-document "$(trust StringLike "org/$ORG/project/*")" >/dev/null
# 6 The branch pin of CircleCI's documentation.
aws iam create-role --role-name pinned --assume-role-policy-document "$(trust StringLike "org/$ORG/project/$PROJECT/user/*$MAIN")" >/dev/null
# 7 Two inline policies and three attachments.
aws iam create-role --role-name loaded --assume-role-policy-document "$(exactly "$(subject $BOB)")" >/dev/null
aws iam put-role-policy --role-name loaded --policy-name s3+site --policy-document "$(allow '["s3:GetObject","s3:ListBucket"]' '["arn:aws:s3:::acme-hardened","arn:aws:s3:::acme-hardened/*"]')"
aws iam put-role-policy --role-name loaded --policy-name logs --policy-document "$(allow '"logs:*"' '"*"')"
for policy in arn:aws:iam::$ACCOUNT:policy/site-writers arn:aws:iam::aws:policy/ReadOnlyAccess arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess; do
  aws iam attach-role-policy --role-name loaded --policy-arn "$policy"
done
# 8 A boundary.
aws iam create-role --role-name bounded --permissions-boundary arn:aws:iam::$ACCOUNT:policy/ci/ci-boundary \
  --assume-role-policy-document "$(exactly "$(subject $ALICE)")" >/dev/null
# 9 A person and a project that access.yaml does not have.
aws iam create-role --role-name elsewhere --assume-role-policy-document \
  "$(exactly "org/$ORG/project/11111111-2222-4333-8444-555555555555/user/aaaaaaaa-2222-4333-8444-555555555555/vcs-origin/github.com/acme/shop/vcs-ref/refs/heads/main")" >/dev/null
# 10 With the provider that no token matches.
aws iam create-role --role-name dead-end --assume-role-policy-document "$(exactly "$(subject $ALICE)" | sed "s#oidc-provider/$HOST#oidc-provider/$HOST/#")" >/dev/null
# 11 A tag that this project sets itself.
aws iam create-role --role-name tagged --tags Key=managed-by,Value=hand --assume-role-policy-document "$(exactly "$(subject $ALICE)")" >/dev/null
# A role that does not trust CircleCI.
aws iam create-role --role-name lambda --assume-role-policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}' >/dev/null

# A bucket with the settings of this project, one with defaults, and one with other settings.
aws s3api create-bucket --bucket acme-hardened >/dev/null
aws s3api put-public-access-block --bucket acme-hardened --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
aws s3api put-bucket-ownership-controls --bucket acme-hardened --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'
aws s3api put-bucket-versioning --bucket acme-hardened --versioning-configuration Status=Enabled
aws s3api put-bucket-encryption --bucket acme-hardened --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"},"BucketKeyEnabled":false}]}'
aws s3api put-bucket-lifecycle-configuration --bucket acme-hardened --lifecycle-configuration '{"Rules":[{"ID":"expire-old-versions","Status":"Enabled","Filter":{"Prefix":""},"NoncurrentVersionExpiration":{"NoncurrentDays":90},"AbortIncompleteMultipartUpload":{"DaysAfterInitiation":7}}]}'
aws s3api put-bucket-policy --bucket acme-hardened --policy '{"Version":"2012-10-17","Statement":[{"Sid":"TlsOnly","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-hardened/*","arn:aws:s3:::acme-hardened"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}'
aws s3api put-bucket-tagging --bucket acme-hardened --tagging 'TagSet=[{Key=team,Value=web}]'
aws s3api create-bucket --bucket acme-plain >/dev/null
aws s3api create-bucket --bucket acme-odd >/dev/null
aws s3api put-bucket-website --bucket acme-odd --website-configuration '{"IndexDocument":{"Suffix":"index.html"}}'
aws s3api put-bucket-cors --bucket acme-odd --cors-configuration '{"CORSRules":[{"AllowedMethods":["GET"],"AllowedOrigins":["https://acme.example"]}]}'
aws s3api put-bucket-versioning --bucket acme-odd --versioning-configuration Status=Suspended
aws s3api put-bucket-lifecycle-configuration --bucket acme-odd --lifecycle-configuration '{"Rules":[{"ID":"logs","Status":"Enabled","Filter":{"Prefix":"logs/"},"Expiration":{"Days":30}}]}'
