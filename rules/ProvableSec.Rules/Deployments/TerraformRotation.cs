using ProvableSec.Policy.Json;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Deployments;

/// <summary>Whether the secrets of a plan of Terraform are rotated, and how often; for a database that is a warning.</summary>
internal sealed class TerraformRotation
{
    private const string Secret = "aws_secretsmanager_secret", Version = "aws_secretsmanager_secret_version", Rotation = "aws_secretsmanager_secret_rotation";

    private readonly IReadOnlyList<TerraformResource> resources;
    private readonly TerraformConfiguration configuration;

    private TerraformRotation(IReadOnlyList<TerraformResource> resources, TerraformConfiguration configuration)
    {
        this.resources = resources;
        this.configuration = configuration;
    }

    /// <summary>Looks at each secret.</summary>
    /// <param name="resources">The resources of a plan or state.</param>
    /// <param name="configuration">The configuration of a plan; a state has none.</param>
    /// <param name="isPlan">Whether there is a configuration: only then it is known which rotation is of which secret.</param>
    /// <param name="findings">What is found.</param>
    public static void Check(IReadOnlyList<TerraformResource> resources, TerraformConfiguration configuration, bool isPlan, DeploymentFindings findings)
    {
        var rotation = new TerraformRotation(resources, configuration);
        HashSet<string> databases = rotation.SecretsOfDatabases(), rotated = new(StringComparer.Ordinal);
        foreach (TerraformResource of in resources.Where(resource => resource.Type == Rotation))
        {
            string[] secrets = [.. rotation.Referenced(of.Address, "secret_id")];
            rotated.UnionWith(secrets);
            foreach ((JsonItem at, string message) in RareIn(of.Values))
            {
                Add(DeploymentRules.RareRotation, at, of.Address, message, secrets.Any(databases.Contains));
            }
        }

        foreach (TerraformResource secret in isPlan ? resources.Where(resource => resource.Type == Secret && !rotated.Contains(Plain(resource.Address))) : [])
        {
            Add(DeploymentRules.SecretWithoutRotation, secret.At, secret.Address, "nothing in the plan rotates the secret",
                databases.Contains(Plain(secret.Address)));
        }

        void Add(Rule rule, JsonItem at, string owner, string message, bool isOfDatabase)
        {
            if (isOfDatabase)
            {
                findings.Add(rule, at, owner, message + ", which opens a database");
            }
            else
            {
                findings.Add(rule, at, owner, message, RuleSeverity.Info);
            }
        }
    }

    private static IEnumerable<(JsonItem At, string Message)> RareIn(JsonItem values)
    {
        foreach (TemplatePlace place in TemplatePlace.At(values, "rotation_rules/*/automatically_after_days"))
        {
            if (RotationPeriod.WhyRare(RotationPeriod.DaysOf(place.Value.Text)) is { } rare)
            {
                yield return (place.Value, rare);
            }
        }

        foreach (TemplatePlace place in TemplatePlace.At(values, "rotation_rules/*/schedule_expression"))
        {
            if (place.Value.Kind == JsonKind.String && RotationPeriod.WhyRare(place.Value.Text) is { } rare)
            {
                yield return (place.Value, rare);
            }
        }
    }

    /// <summary>The secrets whose text has to do with a database, or from which one takes its password.</summary>
    private HashSet<string> SecretsOfDatabases()
    {
        TerraformResource[] databases = [.. resources.Where(resource => PasswordsOf(resource.Type).Any())];
        HashSet<string> addresses = [.. databases.Select(database => Plain(database.Address))];
        HashSet<string> taken =
            [.. databases.SelectMany(database => PasswordsOf(database.Type).SelectMany(password => Referenced(database.Address, password)))];
        var secrets = new HashSet<string>(taken, StringComparer.Ordinal);
        foreach (string version in taken)
        {
            // A database may also read the secret back, by a data source.
            secrets.UnionWith(Referenced(version, "secret_id"));
        }

        foreach (TerraformResource version in resources.Where(resource => resource.Type == Version))
        {
            if ((version.Values.TryGetProperty("secret_string", out JsonItem text) && text.Kind == JsonKind.String && NamesDatabase(text.Text))
                || Referenced(version.Address, "secret_string").Any(reference => addresses.Contains(reference)
                    || (taken.Contains(reference) && IsDrawn(reference))))
            {
                secrets.UnionWith(Referenced(version.Address, "secret_id"));
            }
        }

        return secrets;
    }

    private static IEnumerable<string> PasswordsOf(string type) =>
        SecretProperties.Of(type).Where(property => property.What is "the database" or "the data warehouse" && property.Path.IndexOf('/') < 0)
            .Select(property => property.Path);

    private static bool NamesDatabase(string text) => text.IndexOf("\"engine\"", StringComparison.Ordinal) >= 0
        || text.IndexOf("\"dbname\"", StringComparison.Ordinal) >= 0;

    /// <summary>Whether an address is that of a password that is drawn: a secret and a database that have the same one belong together.</summary>
    private static bool IsDrawn(string address) =>
        TerraformConfiguration.Within(address).Split('.') is ["random_password" or "random_string", ..] or ["data", "aws_secretsmanager_random_password", ..];

    /// <summary>The resources and data sources that an attribute refers to, by their addresses without index.</summary>
    private IEnumerable<string> Referenced(string address, string attribute)
    {
        string module = TerraformConfiguration.ModuleOf(address);
        foreach (string reference in TerraformConfiguration.References(configuration.Find(module, TerraformConfiguration.Within(address)), attribute))
        {
            string[] parts = reference.Split('.');
            int named = parts[0] == "data" ? 3 : 2;
            if (parts.Length >= named)
            {
                yield return Plain((module.Length > 0 ? module + "." : "") + string.Join(".", parts.Take(named)));
            }
        }
    }

    /// <summary>An address without the number or key of one of several.</summary>
    private static string Plain(string address)
    {
        int open = address.LastIndexOf('[');
        return open > 0 && address[address.Length - 1] == ']' ? address.Substring(0, open) : address;
    }
}
