using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>What a plan says of buckets beside their policies: public access blocks, of the account too, and who owns objects.</summary>
internal sealed class TerraformBuckets
{
    private static readonly (string Name, PublicAccessBlock Block)[] Switches =
    [
        ("block_public_acls", PublicAccessBlock.Acls), ("ignore_public_acls", PublicAccessBlock.IgnoredAcls),
        ("block_public_policy", PublicAccessBlock.Policy), ("restrict_public_buckets", PublicAccessBlock.Restricted),
    ];

    // What these refer to is another thing for each instance or call.
    private static readonly string[] Varying = ["each.", "count.", "var."];

    private readonly TerraformConfiguration configuration;
    private readonly Dictionary<string, PublicAccessBlock> blocks = new(StringComparer.Ordinal);
    private readonly HashSet<string> withAcls = new(StringComparer.Ordinal);
    private readonly List<(string? Provider, PublicAccessBlock Block)> accounts = [];

    /// <summary>Reads the settings of a plan.</summary>
    /// <param name="configuration">The configuration of the plan.</param>
    /// <param name="resources">The resources of the plan.</param>
    public TerraformBuckets(TerraformConfiguration configuration, IEnumerable<(string Address, string Type, JsonItem Values)> resources)
    {
        this.configuration = configuration;
        foreach ((string address, string type, JsonItem values) in resources)
        {
            switch (type)
            {
                case "aws_s3_account_public_access_block" when !values.TryGetProperty("account_id", out JsonItem account) || account.Kind == JsonKind.Null:
                    accounts.Add((ProviderOf(address), On(values)));
                    break;
                case "aws_s3_bucket_public_access_block":
                    foreach (string key in Keys(address, type, values))
                    {
                        blocks[key] = On(values);
                    }

                    break;
                case "aws_s3_bucket_ownership_controls" when values.TryGetProperty("rule", out JsonItem rules)
                    && rules.Items().Exists(rule => rule.TryGetProperty("object_ownership", out JsonItem owner)
                        && owner.Text is "ObjectWriter" or "BucketOwnerPreferred"):
                    withAcls.UnionWith(Keys(address, type, values));
                    break;
            }
        }
    }

    /// <summary>What blocks public access by a policy of a bucket.</summary>
    public PublicAccessBlock BlockOf(string address, string type, JsonItem values)
    {
        if (type is not ("aws_s3_bucket_policy" or "aws_s3_bucket" or "aws_s3_bucket_acl" or "aws_s3_access_point" or "aws_s3control_access_point_policy"))
        {
            return PublicAccessBlock.None;
        }

        PublicAccessBlock block = Keys(address, type, values).Select(key => blocks.TryGetValue(key, out PublicAccessBlock on) ? on : PublicAccessBlock.None)
            .Aggregate(PublicAccessBlock.None, (all, on) => all | on);
        string? provider = ProviderOf(address);
        foreach ((string? of, PublicAccessBlock on) in accounts)
        {
            // An account of another provider may be another one.
            block |= of == provider ? on : PublicAccessBlock.None;
        }

        foreach (JsonItem own in type == "aws_s3_access_point" && values.TryGetProperty("public_access_block_configuration", out JsonItem settings)
            ? settings.Items() : [])
        {
            block |= On(own);
        }

        return block;
    }

    /// <summary>True where an ACL opens a bucket to everybody: ACLs count there, and a block is given that leaves public ones alone.</summary>
    public bool HasPublicAcls(string address, string type, JsonItem values) =>
        Keys(address, type, values).ToList() is var keys && keys.Exists(withAcls.Contains) && keys.Exists(blocks.ContainsKey)
        && (BlockOf(address, type, values) & (PublicAccessBlock.Acls | PublicAccessBlock.IgnoredAcls)) == 0;

    private static PublicAccessBlock On(JsonItem values) =>
        Switches.Where(one => values.TryGetProperty(one.Name, out JsonItem value) && value.Kind == JsonKind.True)
        .Aggregate(PublicAccessBlock.None, (all, one) => all | one.Block);

    private string? ProviderOf(string address) =>
        configuration.Find(TerraformConfiguration.ModuleOf(address), TerraformConfiguration.Within(address)) is { } resource
            && resource.TryGetProperty("provider_config_key", out JsonItem key) ? key.Text : null;

    private static bool IsName(string reference) => reference.StartsWith("aws_s3_bucket.", StringComparison.Ordinal)
        && (reference.EndsWith(".id", StringComparison.Ordinal) || reference.EndsWith(".bucket", StringComparison.Ordinal));

    /// <summary>What a bucket is called: its name, where it is known, and the resource that is referred to.</summary>
    private IEnumerable<string> Keys(string address, string type, JsonItem values)
    {
        if (values.TryGetProperty("bucket", out JsonItem name) && name is { Kind: JsonKind.String, Text.Length: > 0 })
        {
            yield return "name " + name.Text;
        }

        string module = TerraformConfiguration.ModuleOf(address);
        if (type == "aws_s3_bucket")
        {
            yield return $"resource {module} {TerraformConfiguration.Within(address)}";
        }

        IReadOnlyList<string> references = TerraformConfiguration.References(configuration.Find(module, TerraformConfiguration.Within(address)), "bucket");
        if (!references.Any(reference => Varying.Any(prefix => reference.StartsWith(prefix, StringComparison.Ordinal))))
        {
            // The attribute comes first, then what it is of: aws_s3_bucket.b[0].id, aws_s3_bucket.b[0], aws_s3_bucket.b.
            if (references.FirstOrDefault(IsName) is { } of)
            {
                yield return $"resource {module} {of.Substring(0, of.LastIndexOf('.'))}";
            }
        }
    }
}
