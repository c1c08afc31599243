using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Resources of a plan that open access without a policy of their own, as <see cref="CloudFormationGrants"/> has them for templates.</summary>
internal static class TerraformGrants
{
    /// <summary>The policies that a resource stands for.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="values">Its attributes.</param>
    /// <param name="like">What is known about every policy of the plan.</param>
    /// <param name="owner">What people call it.</param>
    /// <param name="buckets">What the plan says of buckets.</param>
    public static IEnumerable<FoundPolicy> Of(string type, JsonItem values, PolicyContext like, string owner, TerraformBuckets buckets) => type switch
    {
        "aws_lambda_permission" => Permission(values, "AWS::Lambda::Function", like, owner),
        "aws_lambda_layer_version_permission" => Permission(values, "AWS::Lambda::LayerVersion", like, owner),
        "aws_lambda_function_url" => FunctionUrl(values, like, owner),
        "aws_iam_role_policy_attachment" or "aws_iam_user_policy_attachment" or "aws_iam_group_policy_attachment" or "aws_iam_policy_attachment" =>
            Managed(values, "policy_arn", like, owner),
        "aws_ssoadmin_managed_policy_attachment" => Managed(values, "managed_policy_arn", like, owner),
        "aws_s3_bucket" or "aws_s3_bucket_acl" => PublicAcl(type, values, like, owner, buckets),
        "aws_iam_role" => Managed(values, "managed_policy_arns", like, owner),
        _ => [],
    };

    private static IEnumerable<FoundPolicy> Permission(JsonItem values, string resourceType, PolicyContext like, string owner)
    {
        if (Text(values, "principal") is not { } principal || Text(values, "action") is not { } action)
        {
            yield break;
        }

        ImpliedPolicy policy = new ImpliedPolicy(values.Span, action.Text).To(principal.Text, principal.Span);
        foreach ((string attribute, string condition, string key) in ((string, string, string)[])
            [
                ("source_account", "StringEquals", "aws:SourceAccount"), ("source_arn", "ArnLike", "aws:SourceArn"),
                    ("principal_org_id", "StringEquals", "aws:PrincipalOrgID"), ("organization_id", "StringEquals", "aws:PrincipalOrgID"),
                ("event_source_token", "StringEquals", "lambda:EventSourceToken"), ("function_url_auth_type", "StringEquals", "lambda:FunctionUrlAuthType"),
            ])
        {
            if (Text(values, attribute) is { } value)
            {
                policy.If(condition, key, value.Text, value.Span);
            }
        }

        // A condition that is known after apply only is not among the values, but is one.
        if (principal.Text == "*" || Text(values, "source_arn") is not null || Text(values, "source_account") is not null)
        {
            yield return Implied(policy, resourceType, like, owner, principal);
        }
    }

    /// <summary>The provider adds the permission that lets everybody call.</summary>
    private static IEnumerable<FoundPolicy> FunctionUrl(JsonItem values, PolicyContext like, string owner)
    {
        if (Text(values, "authorization_type") is { Text: "NONE" } none)
        {
            yield return Implied(new ImpliedPolicy(none.Span, "lambda:InvokeFunctionUrl").To("*", none.Span).If("StringEquals", "lambda:FunctionUrlAuthType",
                "NONE", none.Span), "AWS::Lambda::Function", like, owner, none);
        }
    }

    /// <summary>A canned ACL for everybody, or a grant to the group of all users, where ACLs count and nothing takes public ones away.</summary>
    private static IEnumerable<FoundPolicy> PublicAcl(string type, JsonItem values, PolicyContext like, string owner, TerraformBuckets buckets)
    {
        if (!buckets.HasPublicAcls(owner, type, values))
        {
            yield break;
        }

        var opened = new List<(string Action, JsonItem At)>();
        if (Text(values, "acl") is { Text: "public-read" or "public-read-write" or "authenticated-read" } acl)
        {
            opened.Add(("s3:ListBucket", acl));
            opened.AddRange(acl.Text == "public-read-write" ? [("s3:PutObject", acl)] : []);
        }

        foreach (JsonItem grant in values.TryGetProperty("access_control_policy", out JsonItem policy)
            ? policy.Items().SelectMany(one => one.TryGetProperty("grant", out JsonItem grants) ? grants.Items() : []) : [])
        {
            string permission = Text(grant, "permission")?.Text ?? "";
            if (grant.TryGetProperty("grantee", out JsonItem grantee) && grantee.Items() is [var to] && Text(to, "uri") is { } uri
                && (uri.Text.EndsWith("/global/AllUsers", StringComparison.Ordinal)
                    || uri.Text.EndsWith("/global/AuthenticatedUsers", StringComparison.Ordinal)))
            {
                opened.AddRange(permission is "READ" or "FULL_CONTROL" ? [("s3:ListBucket", uri)] : []);
                opened.AddRange(permission is "WRITE" or "FULL_CONTROL" ? [("s3:PutObject", uri)] : []);
                opened.AddRange(permission is "WRITE_ACP" ? [("s3:PutBucketAcl", uri)] : []);
            }
        }

        foreach ((string action, JsonItem at) in opened)
        {
            yield return Implied(new ImpliedPolicy(at.Span, action).To("*", at.Span), "AWS::S3::Bucket", like, owner, at);
        }
    }

    private static IEnumerable<FoundPolicy> Managed(JsonItem values, string attribute, PolicyContext like, string owner)
    {
        if (!values.TryGetProperty(attribute, out JsonItem named))
        {
            yield break;
        }

        foreach (JsonItem arn in named.Kind == JsonKind.Array ? named.Items() : [named])
        {
            if (arn.Kind == JsonKind.String && ImpliedPolicy.FoundManaged(arn.Text, like, owner, arn) is { } managed)
            {
                yield return managed;
            }
        }
    }

    private static FoundPolicy Implied(ImpliedPolicy policy, string resourceType, PolicyContext like, string owner, JsonItem at) =>
        policy.Found(resourceType, like, owner, at);

    private static JsonItem? Text(JsonItem values, string attribute) => values.TryGetProperty(attribute, out JsonItem value)
        && value is { Kind: JsonKind.String, Text.Length: > 0 } ? value : null;
}
