using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Writes the name that was meant where a listed one is near, as the finding says. The prover knows no list of names, so such a rewrite allows
/// something new and waits for somebody to choose it.</summary>
internal sealed class SpellingRewriter() : PolicyRewriter("INVALID_ACTION", "INVALID_SERVICE_IN_ACTION", "INVALID_GLOBAL_CONDITION_KEY",
    "INVALID_SERVICE_CONDITION_KEY")
{
    public override IEnumerable<(string Title, PolicyEdit?[] Edits)> Drafts(CheckedPolicy policy, PolicyFinding finding)
    {
        if (Meant(policy, finding) is { } meant && meant.Value.IndexOf("${", StringComparison.Ordinal) < 0)
        {
            yield return ($"Write \"{meant.Value}\"", [JsonEdits.Replace(meant.Key, meant.Value)]);
        }
    }

    private static KeyValuePair<JsonItem, string>? Meant(CheckedPolicy policy, PolicyFinding finding)
    {
        if (ConditionOf(policy, finding) is { } condition)
        {
            string? key = condition.KeyStartsWith("aws:") ? Spelling.Nearest(condition.Key, policy.Catalogue.GlobalConditionKeys.Select(known => known.Name))
                : policy.Catalogue.TryGetService(condition.Key.Substring(0, Math.Max(0, condition.Key.IndexOf(':'))), out Service? owner)
                ? Spelling.Nearest(condition.Key, owner.ConditionKeys.Select(known => known.Name))
                : null;
            // Two lines of one operator cannot be about the same key.
            return key is null || condition.Statement.Conditions.Any(other => other.OperatorElement.Span == condition.OperatorElement.Span && other.IsOn(key))
                ? null : new(condition.KeyProperty.NameElement, key);
        }

        CheckedText? action = StatementOf(policy, finding)?.Action?.Items.FirstOrDefault(item => item.Element.Span == finding.Span);
        if (action is null || !ActionNames.TrySplit(action.Text, out string prefix, out string name))
        {
            return null;
        }

        string? meant = policy.Catalogue.TryGetService(prefix, out Service? service)
            ? Spelling.Nearest(name, service.Actions.Select(known => known.Name)) is { } nearest ? $"{service.Prefix}:{nearest}" : null
            : Spelling.Nearest(prefix, policy.Catalogue.ServicePrefixes) is { } nearestPrefix ? $"{nearestPrefix}:{name}" : null;
        return meant is null ? null : new(action.Element, meant);
    }
}
