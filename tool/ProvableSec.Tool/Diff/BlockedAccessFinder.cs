using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Configurations;

namespace ProvableSec.Tool.Diff;

/// <summary>
/// Asks about new access of policies under what the configuration says of the stacks that have them: control policies, boundaries, session and endpoint
/// policies, as they are on the new side. What only takes away and is not known blocks nothing here.
/// </summary>
/// <param name="stacks">The stacks of the configuration.</param>
/// <param name="isTouched">Whether the change touches a file; the files that say what binds whom are asked about as well.</param>
/// <param name="configuration">The files that say what binds whom.</param>
/// <param name="request">What was asked.</param>
internal sealed class BlockedAccessFinder(IReadOnlyCollection<ConfiguredStack> stacks, Func<string, bool> isTouched, IReadOnlyList<string> configuration,
    DiffRequest request)
{
    private const int MostStacks = 64, MostRemaining = 12;

    private readonly bool isConfigurationTouched = configuration.Any(isTouched);

    /// <summary>The change of a policy with what blocks its new lines.</summary>
    /// <param name="change">The change.</param>
    /// <param name="file">The file of the policy on the new side, as a full path.</param>
    /// <param name="place">Where the policy stands in the file.</param>
    public PolicyChange Of(PolicyChange change, string file, TextRange place)
    {
        ConfiguredStack[] having = [.. stacks.Where(stack => stack.Stack?.Documents().Any(placed => Grants(placed.Slot.Layer, change.Type)
            && Path.GetFullPath(placed.Document.Source.Name) == file && placed.Document.Statements.All(s => Lies(s.Span, place))) == true)];
        return Under(change, having);
    }

    /// <summary>The change of all policies of a principal with what blocks its new lines.</summary>
    public PolicyChange Of(PolicyChange change) => Under(change, [.. stacks.Where(stack => stack.Stack is not null && stack.Caller?.Name == change.Owner)]);

    private static bool Grants(PolicyLayer layer, string type) => layer == (type == QuestionNames.NameOf(PolicyType.Identity) ? PolicyLayer.IdentityPolicies
        : PolicyLayer.ResourcePolicy);

    private static bool Lies(TextRange statement, TextRange place) => statement.Start >= place.Start
        && statement.Start + statement.Length <= place.Start + place.Length;

    private PolicyChange Under(PolicyChange change, ConfiguredStack[] having)
    {
        // The same limits are asked about once; of very many nothing is said.
        ConfiguredStack[] distinct = [.. having.Where(stack => LimitParts.Of(stack.Stack!).Count > 0 || HasEmptyLevel(stack.Stack!)).DistinctBy(KeyOf)];
        return distinct.Length == 0 || distinct.Length > MostStacks ? change
            : change with
            {
                Access = [.. change.Access.Select(line => line is { IsAdded: true, Line.Kind: DifferenceKind.Granted } ? Under(change, line, having, distinct)
                    : line)],
            };
    }

    private static bool HasEmptyLevel(PolicyStack stack) => stack.ServiceControlPolicies?.Any(level => level.IsEmpty) == true;

    private static string KeyOf(ConfiguredStack stack) => string.Join('\n', stack.Stack!.Documents()
        .Where(placed => placed.Slot.Layer is not (PolicyLayer.IdentityPolicies or PolicyLayer.ResourcePolicy))
        .Select(placed => $"{placed.Slot.Layer} {placed.Slot.Level} {placed.Document.Source.Name} {PolicyWriter.Write(placed.Document)}")
        .Append($"{stack.Stack!.Account} {stack.ResourceAccount} {stack.Caller?.Name}"));

    private ChangedAccess Under(PolicyChange change, ChangedAccess line, ConfiguredStack[] having, ConfiguredStack[] distinct)
    {
        var by = new List<LimitParts.Part>();
        var remaining = new List<DifferenceLine>();
        var free = new List<string>();
        Witness? example = null;
        int whole = 0;
        bool isAnyBlocked = false, isNamed = true;
        foreach (ConfiguredStack stack in distinct)
        {
            var asked = new LineUnderLimits(request, change, line.Line, stack);
            if (asked.LetsNothingThrough(asked.Limited))
            {
                whole++;
                isAnyBlocked = true;
                IReadOnlyList<LimitParts.Part> blockers = asked.Blockers();
                isNamed &= blockers.Count > 0;
                by.AddRange(blockers);
            }
            else if (!asked.LetsAllThrough())
            {
                isAnyBlocked = true;
                by.AddRange(asked.BlockingAlone());
                int before = remaining.Count;
                remaining.AddRange(asked.Remaining());
                example ??= remaining.Count == before ? asked.Example() : null;
            }
            else
            {
                free.Add(stack.Holder);
            }
        }

        // A stack of the same policy that nothing limits lets it through.
        free.AddRange(having.Where(stack => LimitParts.Of(stack.Stack!).Count == 0 && !HasEmptyLevel(stack.Stack!)).Select(stack => stack.Holder));
        if (!isAnyBlocked)
        {
            return line;
        }

        bool isWhole = whole == distinct.Length && free.Count == 0;
        bool touched = isConfigurationTouched || by.Exists(part => isTouched(Path.GetFullPath(part.Document.Source.Name)));
        string[] words = [.. by.Select(part => part.Words).Distinct()];
        return line with
        {
            Blocked = new BlockedAccess(words.Length > 0 && isNamed ? words : [.. words, "a level of SCPs that allows nothing"], isWhole)
            {
                IsTouched = touched,
                Counts = !isWhole || touched || request.CountBlocked,
                Remaining = [.. remaining.DistinctBy(DifferenceWords.InOneLine).Take(MostRemaining)],
                Example = remaining.Count == 0 ? example : null,
                NotFor = [.. free.Distinct()],
            },
        };
    }
}
