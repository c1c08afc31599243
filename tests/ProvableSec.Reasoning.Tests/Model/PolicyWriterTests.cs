using System.Collections.Immutable;
using System.Text.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Tests.Json;

namespace ProvableSec.Reasoning.Tests.Model;

public sealed class PolicyWriterTests
{
    [Fact]
    public void The_canonical_form()
    {
        const string Source = """
            {"Statement":{"Resource":["arn:aws:s3:::b"],"Condition":{"Bool":{"b":true},"NumericEquals":{"n":[1.50,2],"e":[]}},"Action":["s3:Get*","s3:\u0050ut"],"Effect":"Deny",
            "NotPrincipal":{"Service":["x.amazonaws.com"],"AWS":["*","111122223333"]},"Sid":"a\"b"},"Id":"i","Version":"2012-10-17"}
            """;
        const string Canonical = """
            {
              "Version": "2012-10-17",
              "Id": "i",
              "Statement": [
                {
                  "Sid": "a\"b",
                  "Effect": "Deny",
                  "NotPrincipal": {
                    "Service": "x.amazonaws.com",
                    "AWS": [
                      "*",
                      "111122223333"
                    ]
                  },
                  "Action": [
                    "s3:Get*",
                    "s3:Put"
                  ],
                  "Resource": "arn:aws:s3:::b",
                  "Condition": {
                    "Bool": {
                      "b": "true"
                    },
                    "NumericEquals": {
                      "n": [
                        "1.50",
                        "2"
                      ],
                      "e": []
                    }
                  }
                }
              ]
            }

            """;
        Assert.Equal(Canonical.ReplaceLineEndings("\n"), PolicyWriter.Write(Read(Source)));
    }

    [Fact]
    public void A_document_without_statements_is_short() => Assert.Equal("{\n  \"Statement\": []\n}\n", PolicyWriter.Write(Read("{\"Statement\":[]}")));

    [Fact]
    public void Every_seed_survives_writing_and_reading()
    {
        foreach (string seed in SeedPolicies.All)
        {
            AssertRoundTrip(Read(seed));
        }
    }

    [Fact]
    public void Principals_that_only_a_program_can_mix_are_written_as_one_object()
    {
        PolicyDocument read = Read("""{"Statement":{"Effect":"Allow","Action":"*","Principal":"*"}}""");
        PrincipalEntry everyone = read.Statements[0].Principal!.Entries[0];
        var mixed = new PrincipalClause(false, [everyone, new PrincipalEntry(PrincipalEntryKind.Service, "s", default),
            new PrincipalEntry(PrincipalEntryKind.Aws, "1", default)], default);
        Statement old = read.Statements[0];
        var policy = new PolicyDocument(
            read.Source, read.Version, read.NamesVersion, read.Id,
            [new Statement(0, old.Sid, old.Effect, mixed, old.Action, old.Resource, old.Conditions, old.Span)],
            ImmutableArray<PolicyProblem>.Empty);
        Assert.Contains("\"Principal\":{\"AWS\":[\"*\",\"1\"],\"Service\":\"s\"}", Compact(PolicyWriter.Write(policy)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_JSON_to_others_too()
    {
        using var document = JsonDocument.Parse(PolicyWriter.Write(Read(SeedPolicies.All[7])));
        Assert.Equal("\u00dcber\n\"quoted\"\\ \u00e9\U0001F600", document.RootElement.GetProperty("Statement")[0].GetProperty("Sid").GetString());
    }

    internal static void AssertRoundTrip(PolicyDocument policy)
    {
        string text = PolicyWriter.Write(policy);
        PolicyDocument again = PolicyReader.Read(new DocumentText(text));
        PolicyEquality.AssertSame(policy, again);
        Assert.Equal(text, PolicyWriter.Write(again));
    }

    private static string Compact(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static PolicyDocument Read(string text) => PolicyReader.Read(new DocumentText(text));
}
