using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies.Rewrites;
using ProvableSec.ServiceData;

namespace ProvableSec.CodeFixes.Policies;

/// <summary>
/// Narrows a star to the actions that the surrounding class calls on clients of the SDK. A suggestion: other code may share the role.
/// </summary>
internal static class CalledActions
{
    /// <summary>The rules whose findings are at the star of an Action.</summary>
    public static readonly string[] Rules = ["PSEC2002", "PSEC2003"];

    /// <summary>Namespaces of the SDK that are not called as the prefix of the service's actions is.</summary>
    private static readonly (string Namespace, string Prefix)[] Prefixes =
    [
        ("SecurityToken", "sts"), ("IdentityManagement", "iam"), ("DynamoDBv2", "dynamodb"), ("SimpleNotificationService", "sns"),
            ("SimpleSystemsManagement", "ssm"),
        ("KeyManagementService", "kms"), ("CloudWatchLogs", "logs"), ("StepFunctions", "states"), ("EventBridge", "events"), ("SimpleEmail", "ses"),
            ("SimpleEmailV2", "ses"),
    ];

    /// <summary>Calls that need other actions than their name says (Service Authorization Reference, Amazon S3; AWSSDK.S3).</summary>
    private static readonly (string Call, string[] Actions)[] Others =
    [
        ("s3:ListObjects", ["s3:ListBucket"]),
        ("s3:ListObjectsV2", ["s3:ListBucket"]),
        ("s3:ListBuckets", ["s3:ListAllMyBuckets"]),
        ("s3:GetObjectMetadata", ["s3:GetObject"]),
        ("s3:DeleteObjects", ["s3:DeleteObject"]),
        ("s3:CopyObject", ["s3:GetObject", "s3:PutObject"]),
        ("s3:UploadPart", ["s3:PutObject"]),
        ("s3:InitiateMultipartUpload", ["s3:PutObject"]),
        ("s3:CompleteMultipartUpload", ["s3:PutObject"]),
        ("sqs:SendMessageBatch", ["sqs:SendMessage"]),
        ("sqs:DeleteMessageBatch", ["sqs:DeleteMessage"]),
    ];

    /// <summary>The policy with the calls in place of the star; null where there is no star, or no call is known.</summary>
    public static PolicyRewrite? Narrowed(PolicyPlace place)
    {
        JsonItem root = JsonTreeReader.Read(new DocumentText(place.Policy.Text.Text)).Root;
        if (Array.IndexOf(Rules, place.Finding.Rule.Id) < 0 || At(root, place.Finding) is not { } value
            || (value.Kind == JsonKind.Array ? Only(value) : value) is not { Kind: JsonKind.String } star || star.Text != "*"
            || place.Operation is not { Syntax: var syntax, SemanticModel: { } model } || syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return null;
        }

        var actions = new SortedSet<string>(StringComparer.Ordinal);
        foreach (InvocationExpressionSyntax call in type.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (ActionsOf(call, model) is not { } called)
            {
                // What a call needs is not known: the policy would lack it.
                return null;
            }

            actions.UnionWith(called);
        }

        if (actions.Count == 0)
        {
            return null;
        }

        string written = string.Join(", ", actions.Select(action => $"\"{action}\""));
        return PolicyRewrites.Of(
            place.Policy.Text.Text, place.Policy.Context, place.Finding.Rule,
            $"Allow only what this class calls, {string.Join(" and ", actions)}; other code may share the policy",
            [new PolicyEdit(star.Span, value.Kind == JsonKind.Array || actions.Count == 1 ? written : $"[{written}]")]);
    }

    private static JsonItem? At(JsonItem root, ProvableSec.Rules.Policies.PolicyFinding finding)
    {
        JsonItem at = root;
        foreach (string step in finding.Pointer.Split('/').Skip(1))
        {
            JsonItem? next = null;
            int index = 0;
            foreach (JsonItem item in at.Elements())
            {
                next = index++.ToString(System.Globalization.CultureInfo.InvariantCulture) == step ? item : next;
            }

            next ??= at.TryGetProperty(step, out JsonItem value) ? value : step == "0" ? at : null;
            if (next is null)
            {
                return null;
            }

            at = next.Value;
        }

        return at;
    }

    private static JsonItem? Only(JsonItem list)
    {
        foreach (JsonItem item in list.Elements())
        {
            return list.Count == 1 ? item : null;
        }

        return null;
    }

    /// <summary>The actions that a call needs; none for a call of something else, null where they are not known.</summary>
    private static string[]? ActionsOf(InvocationExpressionSyntax call, SemanticModel model)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver, Name.Identifier.ValueText: var method }
            || model.GetTypeInfo(receiver).Type is not { Name: var name } client
            || !(name.StartsWith("Amazon", StringComparison.Ordinal) || name.StartsWith("IAmazon", StringComparison.Ordinal))
            || client.ContainingNamespace?.ToDisplayString().Split('.') is not ["Amazon", var service]
            || method is "Dispose" or "ToString")
        {
            return [];
        }

        string prefix = Prefixes.FirstOrDefault(entry => entry.Namespace == service).Prefix ?? service.ToLowerInvariant();
        const string Async = "Async";
        string operation = method.EndsWith(Async, StringComparison.Ordinal) ? method.Substring(0, method.Length - Async.Length) : method;
        return Others.FirstOrDefault(other => other.Call == $"{prefix}:{operation}") is { Actions: { } known } ? known
            : ServiceCatalogue.Default.TryGetAction($"{prefix}:{operation}", out ServiceAction? action) ? [action.FullName] : null;
    }
}
