using System.Text;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>
/// Dumps that ask for thousands of proofs, each within its own budget: what all of them cost is bounded, and nothing is concluded of whom nobody came to.
/// </summary>
public sealed class AskLimitTests
{
    private const int Users = 60;

    [Fact]
    public void WhoIsLeftWhenTheBudgetIsUsedUpIsUndecided()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:*", "--dump", folder.Write("dump.json", Dump()), "--budget", "12000");
        Assert.Equal(ExitCodes.Undecided, run.ExitCode);
        Assert.Contains("the budget of 60000 steps for all proofs of the answer is used up; --budget raises it",
            run.Output.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal));
        Assert.Matches("user/u[0-9]+, and [0-9]+ more\n  unknown ", run.Output);
        Assert.Contains("arn:aws:s3:::b0/*", run.Output);
        Assert.Equal(ExitCodes.Success, ToolRun.Command("ask", "who-can", "s3:*", "--dump", folder["dump.json"]).ExitCode);
    }

    [Fact]
    public void WhoIsLeftOfAnEscalationIsUndecided()
    {
        AccountDump dump = AccountDumpReader.Read([new DocumentText(Dump())]);
        Assert.Empty(EscalationFinder.Find(dump, OrganizationControls.None, _ => { }).Undecided);
        EscalationGraph cut = EscalationFinder.Find(dump, OrganizationControls.None, _ => { }, budget: 3000);
        Assert.InRange(cut.Undecided.Count, 1, Users);
        Assert.Equal(("arn:aws:iam::111122223333:user/u59", "the budget of 3000 steps for all questions about the accounts is used up; --budget raises it"),
            cut.Undecided[^1]);
        Assert.Contains(cut.Steps, step => step.From == "arn:aws:iam::111122223333:user/u0");
    }

    [Fact]
    public void WhoIsUndecidedForOneReasonIsOneLine()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRun.Command("ask", "escalation", "--dump", folder.Write("dump.json", Dump()), "--budget", "3000");
        Assert.Equal(ExitCodes.Finding, run.ExitCode);
        Assert.Single(run.Output.Split('\n'), line => line.StartsWith('?'));
        Assert.Matches(@"\n\? arn:aws:iam::111122223333:user/u[0-9]+, and [0-9]+ more: the budget of 3000 steps .* is used up; --budget raises it\n", run.Output);
        Assert.Matches(@"\n[0-9]+ of 60 users and roles can become administrators; 0 already are; [0-9]+ undecided\.\n$", run.Output);
    }

    private static string Dump()
    {
        var users = new StringBuilder();
        for (int i = 0; i < Users; i++)
        {
            users.Append(i == 0 ? "" : ",").Append($$$"""
                {"UserName":"u{{{i}}}","Arn":"arn:aws:iam::111122223333:user/u{{{i}}}","UserPolicyList":[{"PolicyName":"p","PolicyDocument":
                  {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*","iam:PutUserPolicy"],"Resource":["arn:aws:s3:::b{{{i}}}/*","arn:aws:iam::*:user/u{{{i}}}"],"Condition":{"StringLike":{"aws:UserAgent":"x{{{i}}}*"} } }]} }]}
                """);
        }

        return $$"""{"UserDetailList":[{{users}}],"GroupDetailList":[],"RoleDetailList":[],"Policies":[],"IsTruncated":false}""";
    }
}
