using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.ServiceData;

namespace ProvableSec.Corpus.Tests.Escalation;

/// <summary>
/// Known privilege-escalation paths: who has exactly the permissions of a path can take every step of it, and denying any one of them breaks the path
/// at that step and nowhere else.
/// </summary>
[Trait("Category", "Corpus")]
public sealed partial class PrivilegeEscalationTests(ITestOutputHelper output)
{
    private const string Account = "111122223333";

    /// <summary>A role's trust policy must allow as well (docs/semantics.md, line 13); that it does is a prerequisite of every path that assumes one.</summary>
    private const string Trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{Account}}"},"Action":"sts:AssumeRole"}]}""";

    private readonly record struct Step(string Action, string Resource);

    [Fact]
    public void Exactly_the_required_permissions_allow_every_step_and_nothing_else()
    {
        int asked = 0;
        foreach ((string id, Step[] steps) in Paths())
        {
            string identity = $"[{Granting(steps)}]";
            foreach (Step step in steps)
            {
                Answer answer = Can(identity, step);
                Assert.Equal((id, step, Verdict.Holds), (id, step, answer.Verdict));
                Assert.Equal((step.Action, step.Resource), (answer.Witness!.Request.Action, answer.Witness.Request.Resource));
                asked++;
            }

            // The two calls of STS that need no permission are allowed to anybody.
            string others = PolicyJson.Document($$"""{"Effect":"Allow","NotAction":[{{Names([.. steps.Select(s => s.Action), "sts:GetCallerIdentity", "sts:GetSessionToken"])}}],"Resource":"*"}""");
            Answer nothingElse = Ask($$"""{"question":"not-granted","account":"{{Account}}","identityPolicies":{{identity}},"forbidden":{{others}}}""");
            Assert.Equal((id, Verdict.Holds), (id, nothingElse.Verdict));
        }

        output.WriteLine($"{asked} steps can be taken");
    }

    [Fact]
    public void Denying_any_one_permission_breaks_the_path_at_that_step_and_names_the_deny()
    {
        int broken = 0, kept = 0;
        foreach ((string id, Step[] steps) in Paths())
        {
            foreach (string denied in steps.Select(s => s.Action).Distinct())
            {
                string deny = PolicyJson.Document($$"""{"Sid":"Break","Effect":"Deny","Action":"{{denied}}","Resource":"*"}""");
                string identity = $"[{Granting(steps)},{deny}]";
                foreach (Step step in steps)
                {
                    Answer answer = Can(identity, step);
                    if (step.Action == denied)
                    {
                        Assert.Equal((id, step, Verdict.Violated), (id, step, answer.Verdict));
                        Because because = Assert.Single(answer.Because);
                        Assert.Equal(("identityPolicies[1]", "Break", Effect.Deny),
                            (because.Slot.ToString(), because.Statement!.Sid, because.Statement.Effect));
                        broken++;
                    }
                    else
                    {
                        Assert.Equal((id, denied, step, Verdict.Holds), (id, denied, step, answer.Verdict));
                        kept++;
                    }
                }
            }
        }

        output.WriteLine($"{broken} steps are broken by the deny of their permission, {kept} others are left alone");
    }

    /// <summary>The steps of every path: a required permission, on a resource of each type that its action has.</summary>
    private static List<(string Id, Step[] Steps)> Paths()
    {
        var paths = new List<(string, Step[])>();
        foreach (string line in File.ReadLines(SharedData.Path("data/privesc-paths.ndjson")))
        {
            JsonItem path = JsonTreeReader.Read(new DocumentText(line, "privesc-paths.ndjson")).Root;
            var steps = new List<Step>();
            foreach (JsonItem required in Member(Member(path, "permissions"), "required").Elements())
            {
                string action = Member(required, "permission").Text;
                Assert.True(ServiceCatalogue.Default.TryGetAction(action, out ServiceAction? known), action);
                steps.AddRange(Resources(known).Select(resource => new Step(action, resource)));
            }

            Assert.NotEmpty(steps);
            paths.Add((Member(path, "id").Text, [.. steps]));
        }

        Assert.Equal(65, paths.Count);
        return paths;
    }

    private static IEnumerable<string> Resources(ServiceAction action) => action.ResourceTypes.Count == 0
        ? ["*"]
        : action.ResourceTypes.Select(r => Placeholder().Replace(r.ResourceType.ArnFormats[0], Filled)).Distinct();

    private static string Filled(Match placeholder) => placeholder.Groups[1].Value switch
    {
        "Partition" => "aws",
        "Region" => "eu-central-1",
        "Account" => Account,
        _ => "example",
    };

    /// <summary>One statement a step, so that a permission is given on the resources of its own action only.</summary>
    private static string Granting(Step[] steps) =>
        PolicyJson.Document(steps.Select(s => $$"""{"Effect":"Allow","Action":"{{s.Action}}","Resource":"{{s.Resource}}"}"""));

    private static string Names(IEnumerable<string> actions) => string.Join(',', actions.Distinct().Select(a => $"\"{a}\""));

    private static Answer Can(string identity, Step step)
    {
        string trust = step.Action == "sts:AssumeRole" && step.Resource.Contains(":role/", StringComparison.Ordinal) ? $",\"resourcePolicy\":{Trust}" : "";
        return Ask($$"""
            {"question":"can","account":"{{Account}}","identityPolicies":{{identity}}{{trust}},"request":{"action":"{{step.Action}}","resource":"{{step.Resource}}"} }
            """);
    }

    private static Answer Ask(string query)
    {
        JsonTree document = JsonTreeReader.Read(new DocumentText(query, "query"));
        QueryReading reading = new QueryReader(new PolicyLoader()).Read(document.Root, document.Problems);
        Assert.True(reading.Query is not null, string.Join("\n", reading.Problems));
        return Prover.Answer(reading.Query);
    }

    private static JsonItem Member(JsonItem element, string name) =>
        element.TryGetProperty(name, out JsonItem member) ? member : throw new InvalidOperationException($"no member {name}");

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Placeholder();
}
