using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Deployments;

/// <summary>Which attributes of resources and data sources of Terraform are secrets (Terraform Registry, the attributes that the providers call
/// sensitive).</summary>
internal static class TerraformSecretAttributes
{
    private const string Parameter = "aws_ssm_parameter";

    // Those that a resource makes itself; what it takes is in SecretProperties.
    private static readonly Dictionary<string, string[]> Made = new(StringComparer.Ordinal)
    {
        ["aws_iam_access_key"] = ["secret", "ses_smtp_password_v4"],
        ["aws_iam_service_specific_credential"] = ["service_password"],
        ["aws_iam_user_login_profile"] = ["password"],
        ["aws_secretsmanager_secret_version"] = ["secret_binary"],
        ["aws_secretsmanager_random_password"] = ["random_password"],
        ["random_password"] = ["result", "bcrypt_hash"],
        ["tls_private_key"] = ["private_key_pem", "private_key_pem_pkcs8", "private_key_openssh"],
    };

    /// <summary>Those of a type.</summary>
    public static IReadOnlyCollection<string> Of(string type) =>
        [.. Made.TryGetValue(type, out string[]? made) ? made : [],
            .. SecretProperties.Of(type).Select(property => property.Path).Where(path => path.IndexOf('/') < 0)];

    /// <summary>Those of a resource: a parameter is a secret where it is encrypted.</summary>
    public static IReadOnlyCollection<string> Of(TerraformResource resource) =>
        resource.Type != Parameter ? Of(resource.Type)
        : resource.Values.TryGetProperty("type", out JsonItem kind) && kind.Text == "SecureString" ? ["value"] : [];
}
