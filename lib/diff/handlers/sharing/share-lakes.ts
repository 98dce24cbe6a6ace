import { each, open, principalsIn, type ShareRule } from "./share-rules";

const LAKE_OBJECTS = [
  "data_location",
  "database",
  "table",
  "table_with_columns",
  "data_cells_filter",
  "lf_tag",
];
/** Lake Formation and the catalog of Glue. */
export const SHARE_LAKES: Readonly<Record<string, ShareRule>> = {
  aws_lakeformation_data_lake_settings: {
    object: ["catalog_id"],
    grants: [
      principalsIn("admins", "administer"),
      principalsIn("read_only_admins", "read all metadata of"),
      each("principal", "permissions", "create_database_default_permissions"),
      each("principal", "permissions", "create_table_default_permissions"),
      open("allow_external_data_filtering", ["true"], ["external engines can", "read"]),
      open(
        "allow_full_table_external_data_access",
        ["true"],
        ["external engines can", "read whole tables of"],
      ),
    ],
    alters: [
      ...[
        "external_data_filtering_allow_list",
        "trusted_resource_owners",
        "authorized_session_tag_value_list",
      ],
      "parameters",
    ],
  },
  aws_lakeformation_permissions: {
    object: [
      ...[
        "catalog_id",
        "data_location.arn",
        "lf_tag.key",
        "database.name",
        "table.database_name",
        "table.name",
      ],
      ...["table_with_columns.database_name", "table_with_columns.name", "data_cells_filter.name"],
    ],
    grants: [
      each("principal", "permissions"),
      {
        ...each("principal", "permissions_with_grant_option"),
        sentences: (who, object, permission) => ({
          gained: [...who, ` can now grant ${permission} on `, ...object],
          lost: [...who, ` can no longer grant ${permission} on `, ...object],
        }),
      },
    ],
    alters: [...LAKE_OBJECTS, "lf_tag_policy", "catalog_resource"],
  },
  aws_glue_catalog_database: {
    object: ["name"],
    grants: [
      each("principal.data_lake_principal_identifier", "permissions", "create_table_default_permission"),
    ],
  },
};
