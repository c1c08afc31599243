namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Writes the version of the policy language that has variables.</summary>
internal sealed class VersionRewriter() : PolicyRewriter("MISSING_VERSION", "VARIABLE_UNSUPPORTED_IN_VERSION")
{
    private const string Current = "2012-10-17";

    public override IEnumerable<(string Title, PolicyEdit?[] Edits)> Drafts(CheckedPolicy policy, PolicyFinding finding) =>
        [($"Write \"Version\": \"{Current}\"",
            [policy.Version is { } version ? JsonEdits.Replace(version.Value, Current)
                : JsonEdits.InsertFirst(policy.Root, "Version", JsonEdits.Quoted(Current))])];
}
