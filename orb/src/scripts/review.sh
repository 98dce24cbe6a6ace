mkdir -p "$ORB_REPORTS"
args=(--fail-on "$ORB_FAIL_ON")
for kind in markdown=md html=html json=json sarif=sarif; do
  args+=("--${kind%=*}" "$ORB_REPORTS/review.${kind#*=}")
done
if [ -n "$ORB_CHDIR" ]; then args+=(--chdir "$ORB_CHDIR"); fi
if [ -n "$ORB_ACCEPT_FILE" ]; then args+=(--accept-file "$ORB_ACCEPT_FILE"); fi
if [ "$ORB_ACCESS" != true ] && [ "$ORB_ACCESS" != 1 ]; then args+=(--no-access); fi
if [ "$ORB_POST" = true ] || [ "$ORB_POST" = 1 ]; then args+=(--post); fi
found=0
while IFS= read -r line; do
  if [ -n "$line" ]; then
    args+=("--plan=$line")
    found=$((found + 1))
  fi
done <<< "$ORB_PLANS"
if [ "$found" -eq 0 ]; then
  echo "error: plans: no file is named" >&2
  exit 2
fi
oidc review "${args[@]}"
