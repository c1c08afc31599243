using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies;

/// <summary>
/// Reports a name that the service data do not list. AWS adds names every week, so that alone is not a mistake: only a name that is one slip away from a
/// listed one is as bad as the rule says.
/// </summary>
internal static class Unlisted
{
    /// <summary>Adds the finding.</summary>
    /// <param name="findings">Takes it.</param>
    /// <param name="at">The name in the policy.</param>
    /// <param name="message">What is not listed, and what was probably meant.</param>
    /// <param name="name">The name.</param>
    /// <param name="known">The listed names of its kind.</param>
    /// <param name="catalogue">The service data.</param>
    public static void Report(PolicyFindings findings, JsonItem at, string message, string name, IEnumerable<string> known, ServiceCatalogue catalogue)
    {
        if (Spelling.OneEditAway(name, known) is not null || known.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            findings.Add(at, message);
        }
        else
        {
            findings.Add(at, $"{message}; as of {catalogue.Date}, so it may be newer than the service data, or retired", RuleSeverity.Info);
        }
    }
}
