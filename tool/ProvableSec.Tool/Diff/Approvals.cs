using System.Globalization;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary>
/// Access that was approved: a JSON list of entries, each a policy or a statement of one, who approved it, why, and until when. A line of access is approved
/// when it is
/// proved that the entry's policy allows all of it.
/// </summary>
/// <param name="request">What was asked.</param>
/// <param name="refuse">Takes what is wrong with the file.</param>
internal sealed class Approvals(DiffRequest request, Action<string> refuse)
{
    private static readonly string[] Members = ["policy", "statement", "owner", "reason", "expires"];

    private readonly List<ApprovedAccess> entries = [];
    private readonly HashSet<ApprovedAccess> used = [];
    private bool isRead;

    /// <summary>Reads the file; false where something is wrong with it, which is told.</summary>
    public bool Read()
    {
        isRead = true;
        if (request.Allow is not { } file)
        {
            return true;
        }

        if (InputFile.TryRead(file, file, out PolicyProblem? unreadable) is not { } source)
        {
            refuse(ProblemText.Of(unreadable!));
            return false;
        }

        JsonTree json = JsonTreeReader.Read(source);
        var problems = new List<PolicyProblem>(json.Problems);
        if (json.Root.Kind is not (JsonKind.Array or JsonKind.Invalid))
        {
            problems.Add(json.Root.Problem(ProblemCode.WrongType, $"expected a list of approved access; this is {json.Root.KindInWords}"));
        }

        foreach (JsonItem element in json.Root.Elements())
        {
            if (ReadOne(element, problems) is { } entry)
            {
                entries.Add(entry);
            }
        }

        foreach (PolicyProblem problem in problems)
        {
            refuse(ProblemText.Of(problem));
        }

        return problems.Count == 0;
    }

    /// <summary>The change with its added lines approved that are.</summary>
    public PolicyChange Approve(PolicyChange change) =>
        change with { Access = [.. change.Access.Select(line => line.IsAdded && Of(line) is { } approval ? line with { Approval = approval } : line)] };

    /// <summary>Entries that approve nothing, or have expired.</summary>
    public IReadOnlyList<string> Notes() => !isRead ? [] :
    [
        .. entries.Where(entry => entry.Expires < request.Today).Select(entry =>
            $"{entry.Place}: the approval of {entry.Owner} expired on {entry.Expires:yyyy-MM-dd}"),
        .. entries.Where(entry => entry.Expires >= request.Today && !used.Contains(entry))
            .Select(entry => $"{entry.Place}: the approval of {entry.Owner} approves nothing of this change"),
    ];

    private ApprovedAccess? Of(ChangedAccess line)
    {
        ApprovedAccess? approval = entries.Find(entry => entry.Expires >= request.Today && Covers(entry, line));
        if (approval is not null)
        {
            used.Add(approval);
        }

        return approval;
    }

    /// <summary>Whether no request of the line is outside of what was approved. What a policy grants to somebody is approved by what names them or
    /// everybody.</summary>
    private static bool Covers(ApprovedAccess entry, ChangedAccess line) => Prover.Answer(new Query
    {
        Question = Question.NotGranted,
        Subject = Subject.Of(line.Line.Description),
        Property = FullAccessPolicy.Unnamed,
        Type = PolicyType.Identity,
        TypeFrom = PolicyTypeOrigin.Query,
        Explain = false,
        Restriction = new RequestPredicate.Not(new RequestPredicate.DescribedBy(entry.Policy)),
    }).Verdict == Verdict.Holds;

    private static ApprovedAccess? ReadOne(JsonItem element, List<PolicyProblem> problems)
    {
        int before = problems.Count;
        foreach (JsonMember member in element.Properties())
        {
            if (!Members.Contains(member.Name))
            {
                problems.Add(member.NameElement.Problem(ProblemCode.UnknownElement,
                    $"\"{Excerpt.Of(member.Name)}\" is not a member of approved access; expected {string.Join(", ", Members)}"));
            }
        }

        string owner = Text("owner"), reason = Text("reason"), expires = Text("expires");
        bool isPolicy = element.TryGetProperty("policy", out JsonItem policy);
        if (!element.TryGetProperty("statement", out JsonItem statement) && !isPolicy)
        {
            problems.Add(element.Problem(ProblemCode.MissingElement, "the entry has no \"policy\" and no \"statement\""));
        }

        if (problems.Count > before)
        {
            return null;
        }

        if (!DateTime.TryParseExact(expires, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day))
        {
            element.TryGetProperty("expires", out JsonItem at);
            problems.Add(at.Problem(ProblemCode.InvalidValue, $"\"{Excerpt.Of(expires)}\" is not a day; expected for example 2027-01-31"));
            return null;
        }

        string text = element.Document.Source.Text;
        JsonItem approved = isPolicy ? policy : statement;
        string written = text.Substring(approved.Span.Start, approved.Span.Length);
        PolicyDocument document = PolicyReader.Read(new DocumentText(isPolicy ? written : $$"""{"Version":"2012-10-17","Statement":{{written}}}"""));
        if (document.HasErrors)
        {
            problems.Add(approved.Problem(ProblemCode.InvalidValue,
                $"the approved access is not a policy that AWS would take: {document.Problems.First(problem => problem.IsError).Message}"));
            return null;
        }

        return new ApprovedAccess(document, owner, reason, day, $"{element.Document.Source.Name}:{element.Position}");

        string Text(string name)
        {
            if (!element.TryGetProperty(name, out JsonItem value) || value.Kind != JsonKind.String || value.Text.Trim().Length == 0)
            {
                problems.Add(element.Problem(ProblemCode.MissingElement, $"the entry has no \"{name}\", or it is not a text"));
                return "";
            }

            return value.Text;
        }
    }
}
