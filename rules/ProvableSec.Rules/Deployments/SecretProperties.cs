namespace ProvableSec.Rules.Deployments;

/// <summary>
/// The properties of resources of CloudFormation and the attributes of Terraform's AWS provider that take a secret (AWS CloudFormation Template Reference, the
/// page of
/// each type; registry.terraform.io/providers/hashicorp/aws).
/// </summary>
internal static class SecretProperties
{
    private static readonly Rule Password = CredentialRules.LiteralPassword, Directory = CredentialRules.DirectoryPassword;

    private static readonly Dictionary<string, SecretProperty[]> OfTypes = new(StringComparer.Ordinal)
    {
        ["AWS::RDS::DBInstance"] = [new("MasterUserPassword", Password, "the database")],
        ["AWS::RDS::DBCluster"] = [new("MasterUserPassword", Password, "the database")],
        ["AWS::DocDB::DBCluster"] = [new("MasterUserPassword", Password, "the database")],
        ["AWS::DocDBElastic::Cluster"] = [new("AdminUserPassword", Password, "the database")],
        ["AWS::Redshift::Cluster"] = [new("MasterUserPassword", Password, "the data warehouse")],
        ["AWS::RedshiftServerless::Namespace"] = [new("AdminUserPassword", Password, "the data warehouse")],
        ["AWS::Lightsail::Database"] = [new("MasterUserPassword", Password, "the database")],
        ["AWS::DMS::Endpoint"] = [new("Password", Password, "the database")],
        ["AWS::ElastiCache::ReplicationGroup"] = [new("AuthToken", Password, "the cache")],
        ["AWS::ElastiCache::User"] = [new("Passwords/*", Password, "the cache")],
        ["AWS::MemoryDB::User"] = [new("AuthenticationMode/Passwords/*", Password, "the database")],
        ["AWS::AmazonMQ::Broker"] = [new("Users/*/Password", Password, "the broker"),
            new("LdapServerMetadata/ServiceAccountPassword", Directory, "the directory")],
        ["AWS::OpenSearchService::Domain"] = [new("AdvancedSecurityOptions/MasterUserOptions/MasterUserPassword", Password, "the domain")],
        ["AWS::Elasticsearch::Domain"] = [new("AdvancedSecurityOptions/MasterUserOptions/MasterUserPassword", Password, "the domain")],
        ["AWS::IAM::User"] = [new("LoginProfile/Password", Password, "the user")],
        ["AWS::SecretsManager::Secret"] = [new("SecretString", Password, "the secret", IsSecretString: true)],
        ["AWS::Amplify::App"] = [new("BasicAuthConfig/Password", Password, "the site"), new("OauthToken", Password, "the repository"),
            new("AccessToken", Password, "the repository")],
        ["AWS::CodeBuild::SourceCredential"] = [new("Token", Password, "the repository")],
        ["AWS::CodePipeline::Webhook"] = [new("AuthenticationConfiguration/SecretToken", Password, "the webhook")],
        ["AWS::EC2::VPNConnection"] = [new("VpnTunnelOptionsSpecifications/*/PreSharedKey", Password, "the tunnel")],
        ["AWS::EMR::Cluster"] =
        [
            new("KerberosAttributes/KdcAdminPassword", Directory, "the realm"), new("KerberosAttributes/CrossRealmTrustPrincipalPassword", Directory,
                "the realm"),
            new("KerberosAttributes/ADDomainJoinPassword", Directory, "the directory"),
        ],
        ["AWS::DirectoryService::MicrosoftAD"] = [new("Password", Directory, "the directory")],
        ["AWS::DirectoryService::SimpleAD"] = [new("Password", Directory, "the directory")],
        ["AWS::FSx::FileSystem"] =
        [
            new("WindowsConfiguration/SelfManagedActiveDirectoryConfiguration/Password", Directory, "the directory"),
                new("OntapConfiguration/FsxAdminPassword", Password, "the file system"),
        ],
        ["AWS::FSx::StorageVirtualMachine"] =
        [
            new("ActiveDirectoryConfiguration/SelfManagedActiveDirectoryConfiguration/Password", Directory, "the directory"),
                new("SvmAdminPassword", Password, "the file system"),
        ],
        ["AWS::AppStream::DirectoryConfig"] = [new("ServiceAccountCredentials/AccountPassword", Directory, "the directory")],
        ["AWS::Cognito::UserPoolIdentityProvider"] = [new("ProviderDetails/client_secret", Password, "the identity provider")],

        ["aws_db_instance"] = [new("password", Password, "the database")],
        ["aws_rds_cluster"] = [new("master_password", Password, "the database")],
        ["aws_docdb_cluster"] = [new("master_password", Password, "the database")],
        ["aws_neptune_cluster"] = [new("master_password", Password, "the database")],
        ["aws_redshift_cluster"] = [new("master_password", Password, "the data warehouse")],
        ["aws_redshiftserverless_namespace"] = [new("admin_user_password", Password, "the data warehouse")],
        ["aws_lightsail_database"] = [new("master_password", Password, "the database")],
        ["aws_dms_endpoint"] = [new("password", Password, "the database")],
        ["aws_elasticache_replication_group"] = [new("auth_token", Password, "the cache")],
        ["aws_elasticache_user"] = [new("passwords/*", Password, "the cache")],
        ["aws_memorydb_user"] = [new("authentication_mode/*/passwords/*", Password, "the database")],
        ["aws_mq_broker"] = [new("user/*/password", Password, "the broker"),
            new("ldap_server_metadata/*/service_account_password", Directory, "the directory")],
        ["aws_opensearch_domain"] = [new("advanced_security_options/*/master_user_options/*/master_user_password", Password, "the domain")],
        ["aws_elasticsearch_domain"] = [new("advanced_security_options/*/master_user_options/*/master_user_password", Password, "the domain")],
        ["aws_secretsmanager_secret_version"] = [new("secret_string", Password, "the secret", IsSecretString: true)],
        ["aws_directory_service_directory"] = [new("password", Directory, "the directory")],
        ["aws_fsx_windows_file_system"] = [new("self_managed_active_directory/*/password", Directory, "the directory")],
        ["aws_appstream_directory_config"] = [new("service_account_credentials/*/account_password", Directory, "the directory")],
        ["aws_codebuild_source_credential"] = [new("token", Password, "the repository")],
        ["aws_vpn_connection"] = [new("tunnel1_preshared_key", Password, "the tunnel"), new("tunnel2_preshared_key", Password, "the tunnel")],
    };

    /// <summary>Where resources of a type take secrets; none for a type that takes none.</summary>
    public static IReadOnlyList<SecretProperty> Of(string type) => OfTypes.TryGetValue(type, out SecretProperty[]? properties) ? properties : [];
}
