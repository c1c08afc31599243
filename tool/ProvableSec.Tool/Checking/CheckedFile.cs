using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Accounts;
using ProvableSec.Rules.Deployments;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Waivers;
using ProvableSec.Tool.Deployments;
using ProvableSec.Tool.Documents;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Checking;

/// <summary>A file, the policies in it and what is wrong with them.</summary>
/// <param name="Source">Its text; null when it cannot be read.</param>
/// <param name="Policies">The policies; empty for a file that holds none.</param>
/// <param name="Findings">In the order of the text.</param>
/// <param name="Problem">Why the file cannot be read.</param>
internal sealed record CheckedFile(DocumentText? Source, IReadOnlyList<FoundPolicy> Policies, IReadOnlyList<CheckFinding> Findings,
    PolicyProblem? Problem = null)
{
    private const string Expected = "a policy, a template, an account dump, a plan, an answer of the AWS CLI, a manifest of containers or a credential report";

    // In a policy whose Statement is misspelled.
    private static readonly string[] PolicyWords = ["\"Effect\"", "2012-10-17", "2008-10-17"];

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="isNamed">Whether the user named it; a file of a folder is passed over when it holds no policy.</param>
    /// <param name="scope">Which files are read of those that the command line does not name itself; null for one that it names.</param>
    /// <param name="request">How to check it.</param>
    public static CheckedFile Read(string path, string name, bool isNamed, InputScope? scope, CheckSettings request) =>
        InputFile.TryRead(path, name, out PolicyProblem? problem, scope) is { } source ? Of(source, isNamed, request) : new CheckedFile(null, [], [], problem);

    /// <summary>For YAML the JSON that it became; null for JSON.</summary>
    public MappedText? Converted { get; private init; }

    /// <summary>True for a file that is of a kind that holds policies, although it may hold none, and for any that the user named.</summary>
    public bool IsDocument { get; init; }

    /// <summary>What of the document could not be judged.</summary>
    public DocumentNotes Notes { get; init; } = new();

    /// <summary>True for a credential report of IAM.</summary>
    public bool IsCredentialReport { get; init; }

    /// <summary>True for containers or builds without policies: a task definition, compose file, manifest or buildspec.</summary>
    public bool IsManifest { get; init; }

    /// <summary>True for the answer of <c>aws iam get-account-summary</c>.</summary>
    public bool IsAccountSummary { get; init; }

    /// <summary>The waivers in the file itself.</summary>
    public IReadOnlyList<InlineWaiver> Waivers { get; init; } = [];

    /// <summary>What is wrong with parts of the file: lines of a report, its waivers, of which none counts then.</summary>
    public IReadOnlyList<PolicyProblem> PartProblems { get; init; } = [];

    /// <summary>What came of the name of the file: findings that the type it says takes away, or a content that contradicts it. Null for nothing.</summary>
    public string? NameNote { get; init; }

    /// <summary>The waiver of the file that a finding has, if any.</summary>
    public InlineWaiver? WaiverOf(CheckFinding finding) => Waivers.FirstOrDefault(waiver => waiver.Covers(finding.Finding, finding.Place.Start.Line));

    /// <summary>The waivers of a list that are about the file.</summary>
    public FileWaivers Listed(IReadOnlyList<Waiver> waivers) => new(waivers, Source?.Name ?? "", [.. Findings.Select(finding => finding.Finding)]);

    /// <summary>Finds the policies of a text without checking them.</summary>
    public static CheckedFile Unchecked(DocumentText source, CheckSettings request) => Of(source, isNamed: true, request, withFindings: false);

    /// <summary>Checks a text.</summary>
    public static CheckedFile Of(DocumentText source, bool isNamed, CheckSettings request) => Of(source, isNamed, request, withFindings: true);

    private static CheckedFile Of(DocumentText source, bool isNamed, CheckSettings request, bool withFindings)
    {
        if (CredentialReport.Is(source))
        {
            (IReadOnlyList<PolicyFinding> found, IReadOnlyList<PolicyProblem> unread) = CredentialReport.Check(source, request.AsOf);
            var text = new FoundPolicy(new MappedTextBuilder().Build(), request.Context, PolicyTypeOrigin.Holder, "", "");
            return new CheckedFile(source, [], [.. found.Select(finding => new CheckFinding(finding, text, source))])
            {
                IsCredentialReport = true,
                PartProblems = unread
            };
        }

        DateTimeOffset now = new(DateTime.SpecifyKind(request.AsOf, DateTimeKind.Utc));
        if (DeployedText.IsOfImage(source))
        {
            IReadOnlyList<DeploymentFinding> ofImage = withFindings ? DeployedText.CheckAsScanned(source, request.FromRoot ?? source.Name, now) : [];
            return new CheckedFile(source, [], [.. Shown(ofImage.Select(secret => Located(secret, source, request)), ofImage, source)])
            {
                IsDocument = true,
                IsManifest = true
            };
        }

        var document = ReadDocument.Of(source, isNamed, request.Type, request.Context, Expected, text => DeployedText.MayBe(text.Name, text.Text));
        if (document.Problem is not null || document.Json is not { } json)
        {
            return new CheckedFile(document.Problem is null ? source : null, [], [], document.Problem);
        }

        bool isJson = json.Problems.All(problem => !problem.IsError);
        if (isJson && AccountSummary.Is(json.Root))
        {
            var summary = new FoundPolicy(new MappedTextBuilder().Build(), request.Context, PolicyTypeOrigin.Holder, "", "");
            return new CheckedFile(source, [],
                [.. AccountSummary.Check(json.Root).Select(finding => new CheckFinding(finding, summary, source))])
            { IsAccountSummary = true };
        }

        IReadOnlyList<DeploymentFinding> deployed = withFindings ? DeployedText.CheckAsScanned(source, request.FromRoot ?? source.Name, now) : [];
        bool isManifest = isJson && PolicyDocuments.KindOf(json.Root) == DocumentKind.Other && (DeployedText.IsOfContainers(json.Root) || deployed.Count > 0);
        if (!document.IsDocument && !isManifest)
        {
            return new CheckedFile(source, [], []);
        }

        bool showsText = document.IsPolicyText || PolicyWords.Any(word => source.Text.Contains(word, StringComparison.Ordinal));
        DocumentNotes notes = isManifest ? new DocumentNotes() : document.Notes;
        IReadOnlyList<FoundPolicy> policies = isManifest ? [] : document.Policies;
        MappedText? converted = document.Converted;
        CheckFinding[] findings = !withFindings ? [] :
        [
            .. Shown(AccountUsers.Check(json.Root)
                .Select(found => new CheckFinding(found.Finding,
                    new FoundPolicy(new MappedTextBuilder().Build(), request.Context, PolicyTypeOrigin.Holder, "", found.Owner), source))
                .Concat(deployed.Select(secret => Located(secret, source, request))
                    .Concat(policies.SelectMany(policy => policy.Check()
                        .Select(finding => new CheckFinding(converted is null ? finding
                            : finding with { Span = converted.SourceOf(finding.Span), Related = [.. finding.Related.Select(converted.SourceOf)] }, policy,
                            source) { ShowsText = showsText })))), deployed, source)
                .OrderBy(finding => finding.Finding.Span.Start),
        ];
        (IReadOnlyList<InlineWaiver> waivers, IReadOnlyList<PolicyProblem> problems) = InlineWaiverReader.Read(source, json.Root, converted, request.OwnChecks);
        return new CheckedFile(source, policies, findings)
        {
            IsDocument = true,
            IsManifest = isManifest,
            Notes = notes,
            Converted = converted,
            Waivers = problems.Count == 0 ? waivers : [],
            PartProblems = [.. problems, .. notes.Problems],
            NameNote = withFindings ? NoteOf(policies, findings, source.Name) : null,
        };
    }

    private static CheckFinding Located(DeploymentFinding found, DocumentText source, CheckSettings request) =>
        new(found.Finding, new FoundPolicy(new MappedTextBuilder().Build(), request.Context, PolicyTypeOrigin.Holder, "", found.Owner), source);

    /// <summary>The findings, but for the text of lines that hold a secret.</summary>
    private static IEnumerable<CheckFinding> Shown(IEnumerable<CheckFinding> findings, IReadOnlyList<DeploymentFinding> deployed, DocumentText source)
    {
        HashSet<int> secret = [.. deployed.Where(found => found.IsHidden).SelectMany(found => LinesOf(source, found.Value))];
        return findings.Select(finding => secret.Contains(finding.Place.Start.Line) ? finding with { ShowsText = false } : finding);
    }

    /// <summary>The lines that characters stand on.</summary>
    private static IEnumerable<int> LinesOf(DocumentText source, TextRange span)
    {
        int first = source.PositionOf(span.Start).Line;
        return Enumerable.Range(first, source.PositionOf(Math.Max(span.Start, span.End - 1)).Line - first + 1);
    }

    /// <summary>A type by name must not hide anything: with the type that the content alone would say there may be findings about access.</summary>
    private static string? NoteOf(IReadOnlyList<FoundPolicy> policies, CheckFinding[] findings, string file)
    {
        if (policies is not [{ TypeByName: { } byName, TypeByContent: var byContent } policy] || byName == byContent)
        {
            return null;
        }

        string named = QuestionNames.NameOf(byName), other = QuestionNames.NameOf(byContent);
        if (policy.TypeFrom != PolicyTypeOrigin.FileName)
        {
            return $"{file} is read as {other} by its content, which contradicts its name ({named})";
        }

        string[] hidden = [.. (policy with { Context = policy.Context with { Type = byContent } }).Check()
            .Where(finding => finding.Rule.IsAboutAccess && finding.Severity != RuleSeverity.Info)
            .Select(finding => finding.Rule.Id).Except(findings.Select(finding => finding.Finding.Rule.Id)).Distinct().Order(StringComparer.Ordinal)];
        return hidden.Length == 0 ? null
            : $"{file} is read as {named} by its name; as {other} it would have findings of {string.Join(", ", hidden)} (--type {other})";
    }
}
