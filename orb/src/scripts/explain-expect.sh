args=(--expect "$ORB_EXPECT" "--person=$ORB_PERSON")
for name in ROLE PROJECT BRANCH TAG POLICY; do
  variable="ORB_$name"
  if [ -n "${!variable}" ]; then
    args+=("--$(printf '%s' "$name" | tr 'A-Z' 'a-z')=${!variable}")
  fi
done
oidc explain "${args[@]}"
