aws iam put-role-policy --role-name deploy --policy-name access --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
