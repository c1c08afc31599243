using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>
/// Resources of a template that open access without a policy of their own: permissions of Lambda, function URLs of SAM, managed policies attached by name,
/// ACLs of S3 (AWS CloudFormation Template Reference; AWS SAM Developer Guide, "FunctionUrlConfig"; Amazon S3 User Guide, "Access control list overview").
/// </summary>
internal static class CloudFormationGrants
{
    /// <summary>The policies that a resource stands for.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="type">Its type.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="like">What is known about every policy of the template.</param>
    public static IEnumerable<FoundPolicy> Of(JsonProperty resource, string type, JsonElement properties, PolicyContext like)
    {
        string owner = $"{resource.Name} ({type})";
        return type switch
        {
            "AWS::Lambda::Permission" => Permission(resource.Value, properties, like, owner),
            "AWS::Lambda::LayerVersionPermission" => LayerPermission(resource.Value, properties, like, owner),
            "AWS::Events::EventBusPolicy" => BusPermission(resource.Value, properties, like, owner),
            "AWS::S3::Bucket" => PublicAcl(properties, like, owner),
            "AWS::Serverless::Function" => [.. FunctionUrl(properties, like, owner), .. Managed(properties, "Policies", like, owner)],
            "AWS::IAM::Role" or "AWS::IAM::User" or "AWS::IAM::Group" => Managed(properties, "ManagedPolicyArns", like, owner),
            "AWS::Serverless::StateMachine" => Managed(properties, "Policies", like, owner),
            "AWS::SSO::PermissionSet" => Managed(properties, "ManagedPolicies", like, owner),
            _ => [],
        };
    }

    private static IEnumerable<FoundPolicy> Permission(JsonElement resource, JsonElement properties, PolicyContext like, string owner)
    {
        JsonElement at = properties.TryGetProperty("Principal", out JsonElement principal) ? principal : resource;
        var policy = new ImpliedPolicy(resource.Span, Text(properties, "Action"));
        policy.To(at.Kind == JsonKind.String ? at.Text : UnknownText.Mark.ToString(), at.Span);
        foreach ((string property, string condition, string key) in ((string, string, string)[])
            [
                ("SourceAccount", "StringEquals", "aws:SourceAccount"), ("SourceArn", "ArnLike", "aws:SourceArn"), ("PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID"),
                ("EventSourceToken", "StringEquals", "lambda:EventSourceToken"), ("FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType"),
            ])
        {
            if (properties.TryGetProperty(property, out JsonElement value))
            {
                policy.If(condition, key, ImpliedPolicy.TextOf(value), value.Span);
            }
        }

        yield return Implied(policy, "AWS::Lambda::Function", like, owner, at);
    }

    private static IEnumerable<FoundPolicy> LayerPermission(JsonElement resource, JsonElement properties, PolicyContext like, string owner)
    {
        JsonElement at = properties.TryGetProperty("Principal", out JsonElement principal) ? principal : resource;
        ImpliedPolicy policy = new ImpliedPolicy(resource.Span, Text(properties, "Action")).To(at.Kind == JsonKind.String ? at.Text : UnknownText.Mark.ToString(), at.Span);
        if (properties.TryGetProperty("OrganizationId", out JsonElement organization))
        {
            policy.If("StringEquals", "aws:PrincipalOrgID", ImpliedPolicy.TextOf(organization), organization.Span);
        }

        yield return Implied(policy, "AWS::Lambda::LayerVersion", like, owner, at);
    }

    /// <summary>The older form, of single properties; with a Statement it is a policy like others.</summary>
    private static IEnumerable<FoundPolicy> BusPermission(JsonElement resource, JsonElement properties, PolicyContext like, string owner)
    {
        if (!properties.TryGetProperty("Principal", out JsonElement principal))
        {
            yield break;
        }

        ImpliedPolicy policy = new ImpliedPolicy(resource.Span, Text(properties, "Action")).To(ImpliedPolicy.TextOf(principal), principal.Span);
        if (properties.TryGetProperty("Condition", out JsonElement condition))
        {
            policy.If(Text(condition, "Type"), Text(condition, "Key"), Text(condition, "Value"), condition.Span);
        }

        yield return Implied(policy, "AWS::Events::EventBus", like, owner, principal);
    }

    /// <summary>AuthType NONE: SAM adds the permission that lets everybody call.</summary>
    private static IEnumerable<FoundPolicy> FunctionUrl(JsonElement properties, PolicyContext like, string owner)
    {
        if (properties.TryGetProperty("FunctionUrlConfig", out JsonElement url) && url.TryGetProperty("AuthType", out JsonElement authentication) && authentication is { Kind: JsonKind.String, Text: "NONE" })
        {
            ImpliedPolicy policy = new ImpliedPolicy(authentication.Span, "lambda:InvokeFunctionUrl").To("*", authentication.Span).If("StringEquals", "lambda:FunctionUrlAuthType", "NONE", authentication.Span);
            yield return Implied(policy, "AWS::Lambda::Function", like, owner, authentication);
        }
    }

    private static IEnumerable<FoundPolicy> Managed(JsonElement properties, string property, PolicyContext like, string owner)
    {
        if (!properties.TryGetProperty(property, out JsonElement names))
        {
            yield break;
        }

        foreach (JsonElement either in TemplateConditions.Either(names))
        {
            foreach (JsonElement item in either.Kind == JsonKind.Array ? either.Items().SelectMany(TemplateConditions.Either) : [either])
            {
                if (ImpliedPolicy.FoundManaged(PolicyText.TextOf(item), like, "template", owner, item) is { } managed)
                {
                    yield return managed;
                }
            }
        }
    }

    /// <summary>
    /// A canned ACL for everybody counts only where ACLs do and nothing takes public ones away: for buckets made since April 2023 both must be said.
    /// </summary>
    private static IEnumerable<FoundPolicy> PublicAcl(JsonElement properties, PolicyContext like, string owner)
    {
        if (!properties.TryGetProperty("AccessControl", out JsonElement acl) || acl.Kind != JsonKind.String || acl.Text is not ("PublicRead" or "PublicReadWrite" or "AuthenticatedRead")
            || !HasAcls(properties) || !properties.TryGetProperty("PublicAccessBlockConfiguration", out JsonElement block) || IsOn(block, "BlockPublicAcls") || IsOn(block, "IgnorePublicAcls"))
        {
            yield break;
        }

        foreach (string action in acl.Text == "PublicReadWrite" ? ["s3:ListBucket", "s3:PutObject"] : (string[])["s3:ListBucket"])
        {
            yield return Implied(new ImpliedPolicy(acl.Span, action).To("*", acl.Span), "AWS::S3::Bucket", like, owner, acl);
        }
    }

    private static bool HasAcls(JsonElement properties) =>
        properties.TryGetProperty("OwnershipControls", out JsonElement controls) && controls.TryGetProperty("Rules", out JsonElement rules)
        && rules.Items().Exists(rule => rule.TryGetProperty("ObjectOwnership", out JsonElement ownership) && ownership is { Kind: JsonKind.String, Text: "ObjectWriter" or "BucketOwnerPreferred" });

    /// <summary>Off only where it says so, or leaves it out, which is off in a configuration that is given.</summary>
    private static bool IsOn(JsonElement block, string property) => block.TryGetProperty(property, out JsonElement value) && !value.Text.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static FoundPolicy Implied(ImpliedPolicy policy, string resourceType, PolicyContext like, string owner, JsonElement at) => policy.Found(resourceType, like, "template", owner, at);

    private static string Text(JsonElement properties, string name) => properties.TryGetProperty(name, out JsonElement value) ? ImpliedPolicy.TextOf(value) : UnknownText.Mark.ToString();
}
