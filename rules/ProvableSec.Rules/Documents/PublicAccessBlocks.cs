using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Tells what switches do to a policy.</summary>
internal static class PublicAccessBlocks
{
    /// <summary>
    /// True for a policy that S3 takes for public whatever it says besides: a statement allows everybody without a condition. S3 takes fewer policies for
    /// public
    /// than let somebody else in, and the switches do nothing about the others.
    /// </summary>
    public static bool IsPublic(string policy) =>
        JsonTreeReader.Read(new DocumentText(policy)).Root is var root && root.TryGetProperty("Statement", out JsonItem statements)
        && (statements.Kind == JsonKind.Array ? statements.Items() : [statements]).Exists(statement =>
            statement.TryGetProperty("Effect", out JsonItem effect) && effect.Text == "Allow" && !statement.TryGetProperty("Condition", out _)
                && statement.TryGetProperty("Principal", out JsonItem principal)
                && (IsEverybody(principal) || (principal.TryGetProperty("AWS", out JsonItem named) && IsEverybody(named))));

    /// <summary>What becomes of public access by a policy, for people; null where nothing does.</summary>
    public static string? Effect(PublicAccessBlock block) =>
        block.HasFlag(PublicAccessBlock.Restricted) ? "RestrictPublicBuckets keeps everybody out but the bucket's own account and services of AWS"
        : block.HasFlag(PublicAccessBlock.Policy) ? "BlockPublicPolicy makes S3 refuse this policy"
        : null;

    private static bool IsEverybody(JsonItem principal) => principal is { Kind: JsonKind.String, Text: "*" }
        || principal.Items().Exists(item => item is { Kind: JsonKind.String, Text: "*" });
}
