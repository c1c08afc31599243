using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Tests.Policies;

/// <summary>A document that a check must report, or must not: <c>Cases/CODE.json</c> or <c>Cases/ID.json</c>.</summary>
/// <param name="Type">The policy's type, in the words of the query format.</param>
/// <param name="Policy">The text; <c>&lt;N&gt;</c> in it stands for N letters, <c>&lt;spacesN&gt;</c> for N spaces.</param>
/// <param name="At">The pointer of the finding; null for a near miss.</param>
/// <param name="ResourceType">The type of its resource.</param>
/// <param name="ForUser">Whether it is a policy of an IAM user.</param>
/// <param name="UnusedServices">Services that, as Access Advisor knows, are not used.</param>
/// <param name="ScpDialect"><c>2019</c> for the SCP language of before 2025-09-19.</param>
public sealed record PolicyCase(string Type, string Policy, string? At = null, string? ResourceType = null, string? ScpDialect = null, bool ForUser = false, string[]? UnusedServices = null)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The text with what stands for many characters written out.</summary>
    public string Text => Regex.Replace(Policy, "<(spaces)?([0-9]+)>", match => new string(match.Groups[1].Success ? ' ' : 'x', int.Parse(match.Groups[2].Value)));

    public PolicyContext Context => new(QuestionNames.TypeOf(Type)!.Value, ResourceType, ForUser) { LastAccessed = UnusedServices is null ? null : Advisor(UnusedServices), ScpDialect = ScpDialect is null ? Rules.Policies.ScpDialect.Full : Rules.Policies.ScpDialect.Of2019 };

    private static LastAccessed Advisor(string[] unused) => LastAccessed.Read(
        new DocumentText(JsonSerializer.Serialize(new { ServicesLastAccessed = unused.Select(prefix => new { ServiceNamespace = prefix }) })), default, 90, out _)!;

    public static string Folder { get; } = Path.Combine(
        typeof(PolicyCase).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "tests", "ProvableSec.Rules.Tests", "Policies", "Cases");

    /// <summary>What the file of a rule is called: by the code of IAM Access Analyzer, else by its id.</summary>
    public static string NameOf(Rule rule) => rule.AccessAnalyzer ?? rule.Id;

    public static (PolicyCase[] Triggers, PolicyCase[] NearMisses) Of(Rule rule)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, NameOf(rule) + ".json")));
        return (Read("triggers"), Read("nearMisses"));

        PolicyCase[] Read(string member) => file.RootElement.GetProperty(member).Deserialize<PolicyCase[]>(Options)!;
    }

    public IReadOnlyList<PolicyFinding> Findings() => PolicyChecks.Check(new DocumentText(Text, "policy.json"), Context);
}
