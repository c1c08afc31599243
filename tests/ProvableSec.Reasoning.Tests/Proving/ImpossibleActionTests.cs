using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Certificates;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>An action with white space, a comma or another character that no action has matches nothing: in the prover and in certificates.</summary>
public sealed class ImpossibleActionTests
{
    public static TheoryData<string, string> Patterns() => new()
    {
        { "s3:PutObject ", "s3:PutObject" },
        { " s3:*", "s3:PutObject" },
        { "s3:Put* ", "s3:PutObject" },
        { "s3:Put\\tObject", "s3:PutObject" },
        { "s3:PutObject\\n", "s3:PutObject" },
        { "s3:GetObject,s3:PutObject", "s3:PutObject" },
        { "s3:*,s3:*", "s3:PutObject" },
        { "\u212Ams:Decrypt", "kms:Decrypt" },
        { "s3:*\u00E9*", "s3:PutObject" },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Allow_grants_nothing_and_the_proof_is_certified(string pattern, string action)
    {
        string policy = Document(Ask.Allow(action: "iam:GetUser"), Ask.Allow(action: pattern)), forbidden = Document(Ask.Allow(action: action));
        Answer answer = Ask.NotGranted(policy, forbidden);
        Assert.Equal(Verdict.Holds, answer.Verdict);
        Assert.Contains(answer.Warnings, warning => warning.Contains("which no action has, so it matches nothing", StringComparison.Ordinal));
        Assert.Equal("", Certified.Check(Certified.Certificate(Certified.AskedNotGranted(policy, forbidden))).Problem);
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Deny_denies_nothing(string pattern, string action) =>
        Assert.Equal(Verdict.Violated, Ask.NotGranted(Document(AllowAll, Ask.Deny(action: pattern)), Document(Ask.Allow(action: action))).Verdict);

    [Theory]
    [MemberData(nameof(Patterns))]
    public void NotAction_excludes_nothing_and_the_proof_is_certified(string pattern, string action)
    {
        string policy = Document($$"""{"Effect":"Allow","NotAction":"{{pattern}}","Resource":"*"}""");
        Assert.Equal(Verdict.Violated, Ask.NotGranted(policy, Document(Ask.Allow(action: action))).Verdict);
        Assert.Equal(Verdict.Holds, Ask.Equivalent(policy, Document(AllowAll)).Verdict);
        Assert.Equal("", Certified.Check(Certified.Certificate(Certified.AskedNoNewAccess(Document(AllowAll), policy))).Problem);
    }

    [Fact]
    public void A_request_cannot_ask_for_one()
    {
        Policy.Json.JsonTree document = Policy.Json.JsonTreeReader.Read(new Policy.Text.DocumentText(
            $$$"""{"question":"can","policy":{{{Document(AllowAll)}}},"request":{"action":"s3:GetObject "}}"""));
        QueryReading reading = new QueryReader(new Policy.Cases.PolicyLoader()).Read(document.Root, document.Problems);
        Assert.Null(reading.Query);
        Assert.Equal(ProblemCode.InvalidAction, Assert.Single(reading.Problems).Code);
    }
}
