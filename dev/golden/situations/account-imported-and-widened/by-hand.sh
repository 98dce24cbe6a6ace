aws iam create-role --role-name ci-deploy --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::123456789012:root"}}]}'
aws iam put-role-policy --role-name ci-deploy --policy-name site --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:PutObject","s3:DeleteObject"],"Resource":"arn:aws:s3:::acme-website/*"}]}'
aws iam create-role --role-name ci-read --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::123456789012:root"}}]}'
aws iam attach-role-policy --role-name ci-read --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess
aws s3api create-bucket --bucket acme-website
