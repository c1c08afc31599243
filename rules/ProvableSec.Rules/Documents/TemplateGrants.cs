using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The policies that a resource of a template stands for in one deployment (<see cref="CloudFormationGrants"/>).</summary>
/// <param name="choice">What the deployment chooses.</param>
/// <param name="resource">The resource.</param>
/// <param name="type">Its type.</param>
/// <param name="properties">Its properties.</param>
/// <param name="like">What is known about every policy of the template.</param>
/// <param name="notes">Gets what could not be judged.</param>
internal sealed class TemplateGrants(TemplateChoice choice, JsonMember resource, string type, JsonItem properties, PolicyContext like, DocumentNotes notes)
{
    private readonly string owner = $"{resource.Name} ({type})";

    /// <summary>The policies.</summary>
    public IEnumerable<FoundPolicy> Found() => type switch
    {
        "AWS::Lambda::Permission" => Permission(
            "AWS::Lambda::Function",
            ("SourceAccount", "StringEquals", "aws:SourceAccount"), ("SourceArn", "ArnLike", "aws:SourceArn"),
                ("PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID"),
            ("EventSourceToken", "StringEquals", "lambda:EventSourceToken"), ("FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType"),
            ("InvokedViaFunctionUrl", "Bool", "lambda:InvokedViaFunctionUrl")),
        "AWS::Lambda::LayerVersionPermission" => Permission("AWS::Lambda::LayerVersion", ("OrganizationId", "StringEquals", "aws:PrincipalOrgID")),
        "AWS::Events::EventBusPolicy" => BusPermission(),
        "AWS::S3::Bucket" => PublicAcl(),
        "AWS::Serverless::Function" => [.. FunctionUrl(), .. Managed("Policies")],
        "AWS::IAM::Role" or "AWS::IAM::User" or "AWS::IAM::Group" => Managed("ManagedPolicyArns"),
        "AWS::Serverless::StateMachine" => Managed("Policies"),
        "AWS::SSO::PermissionSet" => Managed("ManagedPolicies"),
        _ => [],
    };

    private IEnumerable<FoundPolicy> Permission(string resourceType, params (string Property, string Condition, string Key)[] conditions)
    {
        JsonItem at = Get(properties, "Principal") ?? resource.Value;
        ImpliedPolicy policy = new ImpliedPolicy(resource.Value.Span, Text("Action")).To(Text("Principal"), at.Span);
        foreach ((string property, string condition, string key) in conditions)
        {
            if (Get(properties, property) is { } value)
            {
                policy.If(condition, key, TemplateFunctions.TextOf(value, choice), value.Span);
            }
        }

        yield return Implied(policy, resourceType, at);
    }

    /// <summary>The older form, of single properties; with a Statement it is a policy like others.</summary>
    private IEnumerable<FoundPolicy> BusPermission()
    {
        if (Get(properties, "Principal") is not { } principal)
        {
            yield break;
        }

        ImpliedPolicy policy = new ImpliedPolicy(resource.Value.Span, Text("Action")).To(Text("Principal"), principal.Span);
        if (Get(properties, "Condition") is { } condition)
        {
            policy.If(Text(condition, "Type"), Text(condition, "Key"), Text(condition, "Value"), condition.Span);
        }

        yield return Implied(policy, "AWS::Events::EventBus", principal);
    }

    /// <summary>AuthType NONE: SAM adds the permission that lets everybody call.</summary>
    private IEnumerable<FoundPolicy> FunctionUrl()
    {
        if (Get(properties, "FunctionUrlConfig") is { } url && Get(url, "AuthType") is { } authentication
            && TemplateFunctions.TextOf(authentication, choice) == "NONE")
        {
            ImpliedPolicy policy = new ImpliedPolicy(authentication.Span, "lambda:InvokeFunctionUrl").To("*", authentication.Span)
                .If("StringEquals", "lambda:FunctionUrlAuthType", "NONE", authentication.Span);
            yield return Implied(policy, "AWS::Lambda::Function", authentication);
        }
    }

    private IEnumerable<FoundPolicy> Managed(string property)
    {
        if (Get(properties, property) is not { } names)
        {
            yield break;
        }

        foreach (JsonItem item in names.Kind == JsonKind.Array ? names.Items().Where(item => !choice.IsNoValue(item)).Select(choice.Chosen) : [names])
        {
            TemplateValue value = TemplateFunctions.Resolve(item, choice);
            foreach (string name in value.List is { } list && item.Kind == JsonKind.Object ? list.Select(one => one.Text ?? "") : [value.Text ?? ""])
            {
                if (ImpliedPolicy.FoundManaged(name, like, owner, item) is { } managed)
                {
                    yield return managed;
                }
            }
        }
    }

    /// <summary>
    /// A canned ACL for everybody counts only where ACLs do and nothing takes public ones away: for buckets made since April 2023 both must be said.
    /// </summary>
    private IEnumerable<FoundPolicy> PublicAcl()
    {
        if (Get(properties, "AccessControl") is not { } acl || Text("AccessControl") is not ("PublicRead" or "PublicReadWrite" or "AuthenticatedRead")
            || !HasAcls() || Get(properties, TemplatePublicAccess.Property) is not { } block)
        {
            yield break;
        }

        string[] switches = [.. ((string[])["BlockPublicAcls", "IgnorePublicAcls"]).Select(name => Get(block, name) is { } value
            ? TemplateFunctions.TextOf(value, choice).ToLowerInvariant() : "false")];
        if (switches.Contains("true"))
        {
            yield break;
        }

        if (switches.Any(UnknownText.IsIn))
        {
            notes.AddUnjudged(block.Pointer, owner);
            yield break;
        }

        foreach (string action in Text("AccessControl") == "PublicReadWrite" ? ["s3:ListBucket", "s3:PutObject"] : (string[])["s3:ListBucket"])
        {
            yield return Implied(new ImpliedPolicy(acl.Span, action).To("*", acl.Span), "AWS::S3::Bucket", acl);
        }
    }

    private bool HasAcls() => Get(properties, "OwnershipControls") is { } controls && Get(controls, "Rules") is { } rules
        && rules.Items().Exists(rule => Get(choice.Chosen(rule), "ObjectOwnership") is { } ownership
            && TemplateFunctions.TextOf(ownership, choice) is "ObjectWriter" or "BucketOwnerPreferred");

    private FoundPolicy Implied(ImpliedPolicy policy, string resourceType, JsonItem at) => policy.Found(resourceType, like, owner, at);

    private JsonItem? Get(JsonItem of, string property) => choice.Chosen(of).TryGetProperty(property, out JsonItem value) && !choice.IsNoValue(value)
        ? choice.Chosen(value) : null;

    private string Text(string property) => Text(properties, property);

    private string Text(JsonItem of, string property) => Get(of, property) is { } value ? TemplateFunctions.TextOf(value, choice) : TemplateFunctions.Unknown;
}
