using ProvableSec.Certificates;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Certificates;
using ProvableSec.Reasoning.Tests.Evaluation;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Decisions;

/// <summary>
/// Each key that follows from who asks, with each kind of caller: whether it is sent is decided, both ways, by the table of linked keys that the tests keep
/// apart from the product; and no certificate says that a request is impossible which the table has.
/// </summary>
public sealed class LinkedKeyDecisionTests
{
    private static readonly string[] World = ["linked-keys", "shapes", "catalogue"];

    private static readonly (string Name, PrincipalKind? Kind)[] Callers =
    [
        (Case.User, null), (Case.Role, null), (Case.Session, null), (Case.Root, null), (Case.Federated, null), ("sns.amazonaws.com", null),
            ("accounts.google.com", PrincipalKind.Federated), (Case.Anonymous, null),
    ];

    private static readonly string[] Keys =
    [
        "aws:SecureTransport", "aws:CurrentTime", "aws:RequestedRegion", "aws:UserAgent", "aws:ViaAWSService", "aws:PrincipalArn", "aws:PrincipalAccount",
            "aws:PrincipalType", "aws:PrincipalIsAWSService",
        "aws:userid", "aws:username", "aws:TokenIssueTime", "aws:MultiFactorAuthPresent", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList",
            "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths", "aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:Referer", "aws:SourceIp",
            "aws:FederatedProvider",
    ];

    public static TheoryData<string, string> All() => [.. from key in Keys from caller in Callers select (key, caller.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Whether_a_key_is_sent_is_decided(string key, string name)
    {
        PrincipalKind? kind = Callers.Single(c => c.Name == name).Kind;
        CallerPrincipal caller = CallerPrincipal.TryParse(name, kind, out string problem) ?? throw new InvalidOperationException(problem);
        Sending sending = More(key, caller.Kind) ?? LinkedKeys.Of(key.ToLowerInvariant(), caller, "s3:GetObject", null, null, throughServices: false);
        bool maySend = sending != Sending.Never, mayNot = sending is Sending.Never or Sending.Free;
        Decided(key, caller, present: true, maySend);
        Decided(key, caller, present: false, mayNot);
    }

    /// <summary>
    /// What that table leaves open and the world model does not (docs/world-model.md): a request with a provider's token is signed by nobody, and only accounts
    /// are in organizations; or the other way round: whether a session has the key of multi-factor authentication.
    /// </summary>
    private static Sending? More(string key, PrincipalKind caller) => (key, caller) switch
    {
        ("aws:PrincipalOrgID" or "aws:PrincipalOrgPaths", PrincipalKind.Service or PrincipalKind.Federated) => Sending.Never,
        ("aws:PrincipalArn" or "aws:PrincipalAccount" or "aws:PrincipalIsAWSService" or "aws:TokenIssueTime" or "aws:MultiFactorAuthPresent",
            PrincipalKind.Federated) => Sending.Never,
        ("aws:MultiFactorAuthPresent", PrincipalKind.Role or PrincipalKind.AssumedRole) => Sending.Free,
        _ => null,
    };

    private static void Decided(string key, CallerPrincipal caller, bool present, bool possible)
    {
        string statement = $$"""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{{Ask.If("Null", key, present ? "false" : "true")}}}""";
        string action = caller.Kind == PrincipalKind.Federated ? "sts:AssumeRoleWithWebIdentity" : "s3:GetObject";
        string query = $$"""{"question":"can","type":"resource","policy":{{Document(statement)}},"request":{"principal":"{{caller.Name}}","principalType":"{{CallerPrincipal.Word(caller.Kind)}}","action":"{{action}}"} }""";
        Query read = Ask.Read(query);
        Answer answer = Prover.Answer(read);
        string shown = $"{key} {(present ? "present" : "absent")} with {caller.Kind}";
        Assert.True(answer.Verdict == (possible ? Verdict.Holds : Verdict.Violated), $"{shown}: {answer.Verdict} {answer.Reason}");
        CertificateResult result = possible ? Certified.Claim(query, World) : CertificateWriter.Write(read, answer);
        Assert.True(!possible || result.Text is null, $"a certificate of what is possible: {shown}");
    }
}
