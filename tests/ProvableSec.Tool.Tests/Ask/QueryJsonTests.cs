using System.Text;
using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Ask;

namespace ProvableSec.Tool.Tests.Ask;

/// <summary>A question as `ask --prove` writes it is the question that `prove --batch` reads.</summary>
public sealed class QueryJsonTests
{
    private const string Policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""";
    private const string Other = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}}""";

    private static readonly QueryReader Reader = new(new PolicyLoader());

    public static TheoryData<string, string> Stacks()
    {
        var stacks = new TheoryData<string, string>
        {
            { "resourcePolicy", "null" },
            { "organization", """{"id":"o-1","managementAccount":"999988887777","accounts":{"111122223333":"o-1/r-1/"}}""" },
            { "account", "\"111122223333\"" },
        };
        foreach (PolicyLayerInfo layer in PolicyLayers.All)
        {
            foreach (string value in Values(layer.Shape))
            {
                stacks.Add(layer.Name, value);
            }
        }

        return stacks;
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Every_layer_of_a_stack_reads_back_as_it_was(string member, string value)
    {
        // A stack has some policy.
        string beside = member == "permissionsBoundary" ? "" : $"\"permissionsBoundary\":{Policy},";
        Query query = Read($$"""{"question":"not-granted",{{beside}}"{{member}}":{{value}},"forbidden":{{Other}}}""");
        var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            QueryJson.Write(json, "q", query);
        }

        Query again = Read(Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(Shown(query.Subject.Stack!), Shown(again.Subject.Stack!));
    }

    private static string[] Values(PolicyLayerShape shape) => shape switch
    {
        PolicyLayerShape.One => [Policy],
        PolicyLayerShape.List => ["[]", $"[{Policy},{Other}]"],
        _ => ["[]", $"[[],[{Policy},{Other}],[{Other}]]"],
    };

    private static Query Read(string text)
    {
        QueryReading reading = Reader.Read(JsonTreeReader.Read(new DocumentText(text)).Root, []);
        Assert.DoesNotContain(reading.Problems, problem => problem.IsError);
        return reading.Query!;
    }

    /// <summary>All that a stack says, with the number of levels and of policies where there are none.</summary>
    private static string Shown(PolicyStack stack)
    {
        var shown = new StringBuilder();
        foreach (PolicyLayerInfo layer in PolicyLayers.All)
        {
            shown.Append(layer.Name).Append(layer.IsNone(stack) ? " none " : " ")
                .Append(layer.Documents(stack) is { } levels ? string.Join("|", levels.Select(l => string.Concat(l.Select(PolicyWriter.Write)))) + levels.Length
                : "not given").Append('\n');
        }

        Organization? organization = stack.Organization;
        return shown.Append($"{stack.Account} {organization?.Id} {organization?.ManagementAccount} {string.Join(',', organization?.Accounts.Select(a => a.ToString()) ?? [])}").ToString();
    }
}
