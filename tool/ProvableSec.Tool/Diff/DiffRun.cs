using System.Diagnostics;
using System.Globalization;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Pairing;
using ProvableSec.Rules.Policies;
using ProvableSec.ServiceData;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Documents;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Diff;

/// <summary>A run of <c>diff</c>, from the command line to the exit code.</summary>
internal sealed class DiffRun(CommandConsole console, DiffRequest request, ReportOutputs<DiffResult> outputs)
{
    private readonly SideDocuments documents = new();
    private int code = ExitCodes.Success;

    public int Run()
    {
        var clock = Stopwatch.StartNew();
        var approvals = new Approvals(request, Refuse);
        var sides = new DiffSides(request.Repository, Refuse);
        if (!approvals.Read() || sides.Find(request.Arguments) is not { } both)
        {
            return code;
        }

        (DiffSide before, DiffSide after) = both;
        string[] same = [.. before.Files.Where(file => after.Files.TryGetValue(file.Key, out SideFile? other) && other.Id == file.Value.Id
            && other.Content is not null).Select(file => file.Key)];
        var nearest = new NearestConfigurations(allowOutside: false, Refuse);
        var types = new ConfiguredTypes(nearest);
        var known = new HashSet<string>(same, StringComparer.Ordinal);
        var saved = new SavedOrganizations(before, after);
        saved.Find(known);
        // Only the first part counts what all of them see.
        bool isFirst = request.Shard is null or { Index: 1 };
        int unchanged = isFirst ? Count(same.Select(path => after.Files[path]), sides.AreNamed) : 0;
        IReadOnlyList<PlacedPolicy> old = Policies(before, known, sides.AreNamed, types, saved, out IReadOnlyList<PolicyChange> oldUnknown);
        IReadOnlyList<PlacedPolicy> changed = Policies(after, known, sides.AreNamed, types, saved, out IReadOnlyList<PolicyChange> newUnknown);
        if (code == ExitCodes.Success && isFirst && unchanged == 0 && old.Count == 0 && changed.Count == 0 && oldUnknown.Count + newUnknown.Count == 0
            && !documents.HaveAttachments && !documents.Organizations.Any() && !saved.HasAny)
        {
            Refuse($"neither {before.Name} nor {after.Name} has a policy, template, account dump or plan, so nothing is compared");
            return code;
        }

        IReadOnlyList<PolicyPair> pairs = PolicyPairs.Of(old, changed);
        var finder = new PolicyChangeFinder(request, documents.Of, new CachedDifferences(request.Cache));
        var configuration = new DiffConfiguration(request, sides);
        var read = new Lazy<StackConfiguration?>(configuration.Read);
        HashSet<string> touched = [.. after.Files.Where(file => !known.Contains(file.Key)).Select(file => Path.GetFullPath(file.Value.Path))];
        var blocked = new Lazy<BlockedAccessFinder?>(() => read.Value is { } bound
            ? new BlockedAccessFinder(bound.Stacks.All, path => touched.Any(file => file == path || file.StartsWith(path + "/", StringComparison.Ordinal)),
                [.. bound.Files.Select(Path.GetFullPath)], request)
            : null);
        (string Name, Func<PolicyChange?> Find)[] all =
        [
            .. pairs.Select(pair => ($"{(pair.After ?? pair.Before)!.File}: {(pair.After ?? pair.Before)!.Policy.Owner}",
                (Func<PolicyChange?>)(() => Under(finder.Find(pair), pair.After)))),
            .. Dumps(before, after).SelectMany(dump => PrincipalChanges.Pairs(dump.Before, dump.After)
                .Select(pair => ((pair.After ?? pair.Before)!.Caller.Name,
                    (Func<PolicyChange?>)(() => Under(new PrincipalChanges(finder.Lines).Find(dump.Path, pair.Before, pair.After), null))))),
        ];
        var tasks = new ChangeTasks(console, request);
        PolicyChange?[] found = tasks.Run([.. all.Where((_, place) => IsDone(place))]);
        code = ExitCodes.Combine(code, tasks.Code);
        if (configuration.Refusal is { } refusal)
        {
            Refuse(refusal);
        }

        List<PolicyChange> attached =
            [.. documents.Paths.Where((_, place) => IsDone(place)).SelectMany(path =>
                new AttachmentChanges(finder.Lines).Of(path, documents.At(before, path), documents.At(after, path), pairs))];
        var organizations = new OrganizationChanges(finder.Lines);
        attached.AddRange(documents.Organizations.Where((_, place) => IsDone(place))
            .SelectMany(path => organizations.Of(path, OfFile(before, path), OfFile(after, path))));
        attached.AddRange(saved.Changed.Where((_, place) => IsDone(place)).SelectMany(folder => OfFolder(organizations, saved, folder, before, after)));
        IReadOnlyList<PolicyChange> changes = DiffResult.InOrder(
            found.OfType<PolicyChange>().Concat(attached).Concat(isFirst ? newUnknown.Concat(oldUnknown).DistinctBy(change => change.Name) : [])
                .Select(approvals.Approve).Select(change => sides.AreNamed ? change with { File = after.Files.Values.First().Name } : change));
        var result = new DiffResult(before.Name, after.Name, changes, unchanged + found.Count(change => change is null))
        {
            Notes = [.. approvals.Notes(), .. configuration.Notes],
            FailOn = request.FailOn,
        };
        code = ExitCodes.Combine(code, result.Changes.Any(result.Fails) ? ExitCodes.Finding : ExitCodes.Success);
        code = ExitCodes.Combine(code, changes.Any(change => change.Unknown is not null) ? ExitCodes.Undecided : ExitCodes.Success);
        if (request.Shard is { } shard)
        {
            // A part that adds nothing has not looked at what binds whom, and others have.
            _ = read.Value;
            string[] rest = [.. nearest.Texts, .. ShardRecord.ContentsOf(configuration.Seen, sides.Root)];
            result = result with { Shard = ShardRecord.Of("diff", shard, request.Settings, Work(before, after).Concat(rest)) with { ExitCode = code } };
        }

        code = ExitCodes.Combine(code, outputs.Write(result, console));
        console.OutputText.Flush();
        // What a part does not use another one may.
        foreach (string note in request.Shard is null ? result.Notes : [])
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(note));
        }

        string cached = request.Cache is { Hits: > 0 and var hits } ? $" · {Quantity.Of(hits, "answer")} from the cache" : "";
        console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Summary}{cached} · {clock.Elapsed.TotalSeconds:F2} s"));
        if (request.Cache is { IsUnwritable: true })
        {
            console.Error.WriteLine(VerdictCache.UnwrittenNote);
        }

        return code;

        // The configuration is read where a line is added, and not else.
        PolicyChange? Under(PolicyChange? change, PlacedPolicy? policy) => change?.Added.Any() != true || blocked.Value is not { } control ? change
            : policy is null ? control.Of(change)
            : control.Of(change, Path.GetFullPath(after.Files[policy.File].Path), PolicyChangeFinder.PlaceOf(policy, documents.Of(policy)));
    }

    private static PolicyDocument? ContentOf(DiffSide side, string path) => side.Files.TryGetValue(path, out SideFile? file) && file.Content is { } content
        && DocumentText.TryDecode(content, file.Name, out _) is { } text ? PolicyReader.Read(text) : null;

    private OrganizationAttachments? OfFile(DiffSide side, string path) =>
        documents.OrganizationAt(side, path) is { } json ? OrganizationAttachments.OfFile(json.Root, path, policy => ContentOf(side, policy)) : null;

    private static IEnumerable<PolicyChange> OfFolder(OrganizationChanges changes, SavedOrganizations saved, string folder, DiffSide before, DiffSide after)
    {
        OrganizationAttachments? was = saved.Read(before, folder, out string? wrongBefore), now = saved.Read(after, folder, out string? wrongAfter);
        string name = folder.Length == 0 ? "." : folder;
        return (wrongBefore ?? wrongAfter) is { } wrong
            ? [new PolicyChange(PolicyChangeKind.Changed, name, "", "") { Unknown = $"the organization in it cannot be read ({(wrongAfter is null ? before : after).Name}): {wrong}" }]
            : changes.Of(name, was, now);
    }

    private bool IsDone(int place) => request.Shard?.Has(place) ?? true;

    /// <summary>Both sides, file by file, what was approved, and the day, on which approvals end.</summary>
    private IEnumerable<string> Work(DiffSide before, DiffSide after)
    {
        foreach (DiffSide side in (DiffSide[])[before, after])
        {
            yield return side.Name;
            foreach ((string path, SideFile file) in side.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                yield return $"{path} {file.Id}";
            }
        }

        yield return request.Allow is null ? "" : ShardRecord.ContentOf(request.Allow);
        yield return request.Configuration is null ? "" : ShardRecord.ContentOf(request.Configuration);
        yield return $"{request.Today:yyyy-MM-dd}";
    }

    /// <summary>The account dumps that differ.</summary>
    private IEnumerable<(string Path, ReadDocument? Before, ReadDocument? After)> Dumps(DiffSide before, DiffSide after) => documents.Paths
        .Select(path => (path, documents.At(before, path), documents.At(after, path)))
        .Where(both => IsDump(both.Item2) || IsDump(both.Item3));

    private static bool IsDump(ReadDocument? document) => document?.Json is { } json && PolicyDocuments.KindOf(json.Root) == DocumentKind.AccountDump;

    private int Count(IEnumerable<SideFile> files, bool isNamed)
    {
        int count = 0;
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = request.Jobs }, file =>
        {
            if (DocumentText.TryDecode(file.Content!, file.Name, out _) is { } text)
            {
                Interlocked.Add(ref count, ReadDocument.Of(text, isNamed, null, Context).Policies.Count);
            }
        });
        return count;
    }

    private List<PlacedPolicy> Policies(DiffSide side, HashSet<string> same, bool isNamed, ConfiguredTypes types, SavedOrganizations saved,
        out IReadOnlyList<PolicyChange> unknown)
    {
        var placed = new List<PlacedPolicy>();
        var open = new List<PolicyChange>();
        unknown = open;
        foreach ((string path, SideFile file) in side.Files.Where(file => !same.Contains(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (file.Content is null)
            {
                open.Add(new PolicyChange(PolicyChangeKind.Changed, file.Name, "",
                    "")
                { Unknown = $"the file cannot be read on the side of {side.Name}: it is missing or larger than {InputFile.MaxBytes >> 20} MB" });
                continue;
            }

            if (DocumentText.TryDecode(file.Content, file.Name, out PolicyProblem? problem) is not { } text)
            {
                if (isNamed)
                {
                    Refuse(ProblemText.Of(problem!));
                }

                continue;
            }

            PolicyType? type = types.Of(file.Path) ?? saved.TypeOf(path);
            var document = ReadDocument.Of(text, isNamed, type, Context);
            if (document.Problem is { } broken)
            {
                Refuse($"{ProblemText.Of(broken)} ({side.Name})");
                open.Add(new PolicyChange(PolicyChangeKind.Changed, file.Name, "", "") { Unknown = $"{broken.Message} ({side.Name})" });
                continue;
            }

            if (document is { IsDocument: false, Json: { } other } && PolicyDocuments.IsCliAnswer(other.Root) && (types.IsListed(file.Path) || saved.Has(path)))
            {
                // Code and tests hold answers of the CLI as well: those count that the configuration names, and those of an organization.
                document = ReadDocument.Of(text, isNamed: true, type, Context);
            }

            if (!document.IsDocument)
            {
                if (document.Json is { } json && RecognizedInput.Of(json.Root) == RecognizedInput.Organization)
                {
                    documents.AddOrganization(side, path, json);
                }

                continue;
            }

            documents.Add(side, path, document);

            // Of an account the policies of each user and role count together, not each alone.
            foreach (FoundPolicy policy in document.Policies.Where(policy => !IsDump(document) || policy.Context.Type == PolicyType.Trust))
            {
                var one = PlacedPolicy.Of(path, policy, document.Json!);
                documents.Add(one, document);
                placed.Add(one);
            }

            open.AddRange(document.Notes.Unjudged.Select(unjudged =>
                new PolicyChange(PolicyChangeKind.Changed, path, unjudged.Owner, "") { Unknown = "the policy is known only when the template is deployed" }));
            open.AddRange(document.Notes.Macros.Select(macro =>
                new PolicyChange(PolicyChangeKind.Changed, path, "", "") { Unknown = $"the macro {macro} may make other policies of the template" }));
        }

        return placed;
    }

    private PolicyContext Context => new(PolicyType.Identity) { AsOf = request.AsOf ?? ServiceCatalogue.Default.Date };

    private void Refuse(string why)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(why));
        code = ExitCodes.Combine(code, ExitCodes.BadInput);
    }

    /// <summary>Which document each policy was found in, and the documents of each path.</summary>
    private sealed class SideDocuments
    {
        private readonly Dictionary<PlacedPolicy, ReadDocument> known = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<(DiffSide Side, string Path), ReadDocument> ofPaths = [];
        private readonly Dictionary<(DiffSide Side, string Path), JsonTree> organizations = [];

        public IEnumerable<string> Paths => ofPaths.Keys.Select(key => key.Path).Distinct().Order(StringComparer.Ordinal);

        /// <summary>Whether there is a template, plan or dump, which may attach policies of elsewhere.</summary>
        public bool HaveAttachments => ofPaths.Values.Any(document => document.Json is { } json
            && PolicyDocuments.KindOf(json.Root) is DocumentKind.Template or DocumentKind.TerraformPlan or DocumentKind.AccountDump);

        /// <summary>The files that describe an organization.</summary>
        public IEnumerable<string> Organizations => organizations.Keys.Select(key => key.Path).Distinct().Order(StringComparer.Ordinal);

        public void AddOrganization(DiffSide side, string path, JsonTree json) => organizations[(side, path)] = json;

        public JsonTree? OrganizationAt(DiffSide side, string path) => organizations.GetValueOrDefault((side, path));

        public void Add(PlacedPolicy policy, ReadDocument document) => known.Add(policy, document);

        public void Add(DiffSide side, string path, ReadDocument document) => ofPaths[(side, path)] = document;

        public ReadDocument Of(PlacedPolicy policy) => known[policy];

        public ReadDocument? At(DiffSide side, string path) => ofPaths.GetValueOrDefault((side, path));
    }
}
