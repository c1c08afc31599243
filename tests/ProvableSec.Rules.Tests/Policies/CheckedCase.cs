using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Tests.Policies;

/// <summary>What the checks say of a case.</summary>
internal static class CheckedCase
{
    extension(PolicyCase document)
    {
        public PolicyContext Context => new(QuestionNames.TypeOf(document.Type)!.Value, document.ResourceType, document.ForUser)
        {
            LastAccessed = document.UnusedServices is null ? null : Advisor(document.UnusedServices),
            ScpDialect = document.ScpDialect is null ? ScpDialect.Full : ScpDialect.Of2019,
        };

        public IReadOnlyList<PolicyFinding> Findings() => PolicyChecks.Check(new DocumentText(document.Text, "policy.json"), document.Context);

        /// <summary>What the file of a rule is called: by the code of IAM Access Analyzer, else by its id.</summary>
        public static string NameOf(Rule rule) => rule.AccessAnalyzer ?? rule.Id;

        public static (PolicyCase[] Triggers, PolicyCase[] NearMisses) Of(Rule rule) => PolicyCase.Of(PolicyCase.NameOf(rule));
    }

    private static LastAccessed Advisor(string[] unused) => LastAccessed.Read(
        new DocumentText(JsonSerializer.Serialize(new { ServicesLastAccessed = unused.Select(prefix => new { ServiceNamespace = prefix }) })), default, 90,
            out _)!;
}
