using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Analyzers.Tests.Policies;

/// <summary>The documents of every rule, both directions, given to the types of the CDK that take such a policy: as text and as dictionaries.</summary>
public sealed class PolicyCasesInCodeTests
{
    private static readonly Lazy<Dictionary<int, HashSet<string>>> Found = new(() => Compile(Sources()));

    public static TheoryData<string> Codes() => [.. PolicyChecks.Rules.Select(NameOf)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_rule_judges_code_as_it_judges_the_document(string code)
    {
        foreach (Source source in Sources().Where(source => NameOf(source.Rule) == code))
        {
            bool isFound = Found.Value.TryGetValue(source.Line, out HashSet<string>? ids) && ids.Contains(source.Rule.Id);
            Assert.True(isFound == source.Case.At is not null, $"{source.Line}: {source.Expression}\n{string.Join(' ', ids ?? [])}");
        }
    }

    private static Source[] Sources()
    {
        var sources = new List<Source>();
        foreach (Rule rule in PolicyChecks.Rules)
        {
            (PolicyCase[] triggers, PolicyCase[] nearMisses) = PolicyCase.Of(NameOf(rule));
            // The language of SCPs before 2025 and Access Advisor are options of the command only.
            foreach (PolicyCase document in triggers.Concat(nearMisses).Where(document => document.ScpDialect is null && document.UnusedServices is null))
            {
                Add(rule, document, SymbolDisplay.FormatLiteral(document.Text, quote: true));
                // Dictionaries have no white space, and no two entries of one name; what is not JSON is none.
                if (rule.AccessAnalyzer?.StartsWith("POLICY_SIZE", StringComparison.Ordinal) != true && AsDictionary(document.Text) is { } dictionary)
                {
                    Add(rule, document, dictionary);
                }
            }
        }

        return [.. sources];

        void Add(Rule rule, PolicyCase document, string policy) => sources.Add(new Source(rule, document, Given(document, policy), sources.Count + 4));
    }

    private static string NameOf(Rule rule) => rule.AccessAnalyzer ?? rule.Id;

    private static string Given(PolicyCase document, string policy) => (document.Type, document.ResourceType) switch
    {
        ("identity", _) when document.ForUser => $"new CfnUserPolicyProps {{ PolicyDocument = {policy} }}",
        ("identity", _) => $"new CfnPolicyProps {{ PolicyDocument = {policy} }}",
        ("trust", _) => $"new CfnRoleProps {{ AssumeRolePolicyDocument = {policy} }}",
        ("boundary", _) => $"new RoleProps {{ PermissionsBoundary = new ManagedPolicy(null, \"m\", new ManagedPolicyProps {{ Document = PolicyDocument.FromJson({policy}) }}) }}",
        ("scp", _) => $"new Amazon.CDK.AWS.Organizations.CfnPolicyProps {{ Type = \"SERVICE_CONTROL_POLICY\", Content = {policy} }}",
        ("rcp", _) => $"new Amazon.CDK.AWS.Organizations.CfnPolicyProps {{ Type = \"RESOURCE_CONTROL_POLICY\", Content = {policy} }}",
        ("resource", "AWS::S3::Bucket") => $"new Amazon.CDK.AWS.S3.CfnBucketPolicyProps {{ PolicyDocument = {policy} }}",
        ("resource", "AWS::SQS::Queue") => $"new Amazon.CDK.AWS.SQS.CfnQueuePolicyProps {{ PolicyDocument = {policy} }}",
        ("resource", "AWS::SNS::Topic") => $"new Amazon.CDK.AWS.SNS.CfnTopicPolicyProps {{ PolicyDocument = {policy} }}",
        ("resource", "AWS::KMS::Key") => $"new Amazon.CDK.AWS.KMS.CfnKeyProps {{ KeyPolicy = {policy} }}",
        _ => policy,
    };

    private static string? AsDictionary(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var code = new StringBuilder();
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("Statement", out _) && Write(json.RootElement, code)
                ? code.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Write(JsonElement value, StringBuilder code)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                code.Append("new Dictionary<string, object> {");
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    code.Append(" [").Append(SymbolDisplay.FormatLiteral(member.Name, quote: true)).Append("] = ");
                    if (!Write(member.Value, code))
                    {
                        return false;
                    }

                    code.Append(',');
                }

                code.Append(" }");
                return true;
            case JsonValueKind.Array:
                code.Append("new object[] {");
                foreach (JsonElement item in value.EnumerateArray())
                {
                    if (!Write(item, code))
                    {
                        return false;
                    }

                    code.Append(", ");
                }

                code.Append(" }");
                return true;
            case JsonValueKind.String:
                code.Append(SymbolDisplay.FormatLiteral(value.GetString()!, quote: true));
                return true;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                code.Append(value.GetRawText());
                return true;
            default:
                return false;
        }
    }

    private static Dictionary<int, HashSet<string>> Compile(Source[] sources)
    {
        string code = "using System.Collections.Generic;\nusing Amazon.CDK.AWS.IAM;\nclass Sample {\n"
            + string.Concat(sources.Select((source, at) => $"object M{at}() => {source.Expression};\n")) + "}\n";
        var found = new Dictionary<int, HashSet<string>>();
        foreach (string line in Compiled.Diagnostics(code, Compiled.Cdk))
        {
            int number = int.Parse(line.Split('(', ',')[1]);
            (found.TryGetValue(number, out HashSet<string>? ids) ? ids : found[number] = []).Add(line.Split(' ')[2].TrimEnd(':'));
        }

        return found;
    }

    private sealed record Source(Rule Rule, PolicyCase Case, string Expression, int Line);
}
