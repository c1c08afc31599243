using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Accounts;
using ProvableSec.Rules.Escalation;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.ProgrammaticAccess;
using ProvableSec.Rules.Reach;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Credentials;

/// <summary>One run of <c>ask credentials</c>.</summary>
/// <param name="console">Where everything goes.</param>
/// <param name="input">The accounts.</param>
/// <param name="request">What else was asked.</param>
/// <param name="outputs">Where the result goes.</param>
internal sealed class CredentialsRun(CommandConsole console, AccountInput input, CredentialsRequest request, ReportOutputs<CredentialsResult> outputs)
{
    private int code = ExitCodes.Success;

    /// <summary>Reads, asks and reports.</summary>
    /// <returns>The exit code: 1 where a finding counts, or somebody with credentials becomes an administrator.</returns>
    public int Run()
    {
        bool isUsable = input.TryRead(out AccountDump dump, out OrganizationControls controls);
        code = input.Code;
        ReportedUser[] reported = [.. input.Reports.Concat(Texts(request.Reports, "a credential report (aws iam get-credential-report)",
            CredentialReport.Is)).SelectMany(Users)];
        DocumentText[] summaries =
            [.. input.Summaries.Concat(Texts(request.Summaries, "an account summary (aws iam get-account-summary)", text =>
                AccountSummary.Is(JsonTreeReader.Read(text).Root)))];
        Dictionary<string, LastAccessed> accessed = Accessed(dump);
        if (!isUsable || code == ExitCodes.BadInput)
        {
            return ExitCodes.BadInput;
        }

        EscalationGraph graph;
        using (var progress = new Progress(console, "principals"))
        {
            graph = EscalationFinder.Find(dump, controls, progress.Add);
        }

        var reach = new ReachFinder(dump, controls, graph);
        var list = CredentialList.Of(dump, reported, input.Texts.SelectMany(Findings), accessed, reach.Of);
        (PolicyFinding Finding, string File)[] account =
            [.. summaries.SelectMany(text => AccountSummary.Check(JsonTreeReader.Read(text).Root).Select(finding => (finding, text.Name)))];
        code = ExitCodes.Combine(code, outputs.Write(new CredentialsResult(list, account, reported.Length > 0, Notes(dump, reported, summaries)), console));
        return ExitCodes.Combine(code, CodeOf(list, account));
    }

    private int CodeOf(CredentialList list, IEnumerable<(PolicyFinding Finding, string File)> account)
    {
        if (request.FailOn == Severity.Never)
        {
            return ExitCodes.Success;
        }

        bool isFound = list.Entries.Any(entry => entry.Reach.Chain.Count > 0)
            || list.Entries.SelectMany(entry => entry.Findings).Concat(account.Select(found => found.Finding))
                .Any(finding => Severities.Of(finding.Severity) >= request.FailOn);
        return isFound ? ExitCodes.Finding : list.Entries.Any(entry => entry.Reach.Unknown.Count > 0) ? ExitCodes.Undecided : ExitCodes.Success;
    }

    /// <summary>What <c>check</c> finds in a dump about users and roles.</summary>
    private IEnumerable<(PolicyFinding Finding, string Owner)> Findings(DocumentText dump) =>
        CheckedFile.Of(dump, isNamed: true, new CheckSettings { AsOf = request.AsOf }).Findings.Select(found => (found.Finding, found.Policy.Owner));

    private IReadOnlyList<ReportedUser> Users(DocumentText text)
    {
        (IReadOnlyList<ReportedUser> users, IReadOnlyList<PolicyProblem> problems) = CredentialReport.Read(text, request.AsOf);
        foreach (PolicyProblem problem in problems)
        {
            Refuse(ProblemText.Of(problem));
        }

        return users;
    }

    private IEnumerable<DocumentText> Texts(IReadOnlyList<string> files, string what, Func<DocumentText, bool> isOne)
    {
        foreach (string file in files)
        {
            if (InputFile.TryRead(file, file, out PolicyProblem? problem) is not { } source)
            {
                Refuse(ProblemText.Of(problem!));
            }
            else if (!isOne(source))
            {
                Refuse(RecognizedInput.Of(source) is { } other ? $"{file}: {other.Instead(what)}" : $"{file} is not {what}");
            }
            else
            {
                yield return source;
            }
        }
    }

    private Dictionary<string, LastAccessed> Accessed(AccountDump dump)
    {
        var accessed = new Dictionary<string, LastAccessed>(StringComparer.Ordinal);
        foreach ((string arn, string file) in request.LastAccessed)
        {
            if (!dump.Principals.Any(principal => principal.Caller.Name == arn))
            {
                Refuse($"--last-accessed {arn}: this is not a user or role of the dump");
            }
            else if (InputFile.TryRead(file, file, out PolicyProblem? unreadable) is not { } source)
            {
                Refuse(ProblemText.Of(unreadable!));
            }
            else if (LastAccessed.Read(source, request.AsOf, request.UnusedDays, out IReadOnlyList<PolicyProblem> problems) is { } read)
            {
                accessed[arn] = read;
            }
            else
            {
                foreach (PolicyProblem problem in problems)
                {
                    Refuse(ProblemText.Of(problem));
                }
            }
        }

        return accessed;
    }

    private static IReadOnlyList<string> Notes(AccountDump dump, ReportedUser[] reported, DocumentText[] summaries) =>
    [
        .. dump.Truncated,
        .. reported.Length == 0 ? ["no credential report was given (--credential-report): ages, last use, MFA and the root user are not known"] : (string[])[],
        .. summaries.Length == 0 && reported.Length == 0 ? ["no account summary was given (--account-summary): nothing is known of the root user"]
            : (string[])[],
        "what is listed is proved, by requests that are allowed; what is not listed is not proved to be out of reach",
        "not in a dump, and not asked about: resource policies, and key policies, which decide about calls on KMS keys",
    ];

    private void Refuse(string why)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(why));
        code = ExitCodes.BadInput;
    }
}
