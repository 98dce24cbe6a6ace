mkdir -p "$ORB_REPORTS"
args=(--fail-on "$ORB_FAIL_ON" --sarif "$ORB_REPORTS/audit.sarif")
if [ -n "$ORB_ACCEPT_FILE" ]; then args+=(--accept-file "$ORB_ACCEPT_FILE"); fi
found=0
while IFS= read -r line; do
  if [ -n "$line" ]; then
    args+=("--policy=$line")
    found=$((found + 1))
  fi
done <<< "$ORB_POLICIES"
if [ -n "$ORB_POLICIES" ] && [ "$found" -eq 0 ]; then
  echo "error: policies: no file is named" >&2
  exit 2
fi
oidc audit "${args[@]}"
