using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Formulas;

/// <summary>Formulas about one request: their atoms, and the variables these speak of.</summary>
internal sealed class RequestFormulas
{
    // A condition key has a colon; these have none.
    private const string CallerName = "caller";

    /// <summary>Name of <see cref="Session"/>.</summary>
    public const string SessionName = "session";

    /// <summary>Stands for a variable that is the id of the API to which a resource policy belongs.</summary>
    public const string OwnApi = "own-api";

    private static readonly Dictionary<Reading, string> NamesOfReadings = Enumerable.Range(0, 31).Select(bit => (Reading)(1 << bit))
        .TakeWhile(reading => reading <= Policy.Reading.UnknownOperatorMatches).ToDictionary(reading => reading, reading => "reading:" + reading);

    private readonly Dictionary<string, RequestVariable> variables = new(StringComparer.Ordinal);
    private readonly Dictionary<AtomKey, int> atomsByKey = [];
    private readonly HashSet<string> withSetOperators;
    private readonly Dictionary<Reading, Formula> readings = [];
    private readonly List<RequestAtom> atoms = [];
    private readonly List<RequestVariable> order = [];

    /// <summary>Starts with the action and the resource.</summary>
    /// <param name="withSetOperators">Folded keys that some condition of the question uses with a set operator.</param>
    /// <param name="budget">Pays for comparing what the formulas say while they are made; null for an endless one.</param>
    public RequestFormulas(HashSet<string> withSetOperators, Budget? budget = null)
    {
        Budget = budget ?? new Budget(long.MaxValue);
        this.withSetOperators = withSetOperators;
        Action = Add("action", true, false);
        Resource = Add("resource", true, false);
    }

    /// <summary>Pays for comparing what the formulas say while they are made.</summary>
    public Budget Budget { get; }

    /// <summary>The graph.</summary>
    public FormulaBuilder Graph { get; } = new();

    /// <summary>The action, in lower case.</summary>
    public RequestVariable Action { get; }

    /// <summary>The resource.</summary>
    public RequestVariable Resource { get; }

    /// <summary>
    /// The caller: the ARN of the user, of the session's role, of the federated user or of the root user; <c>service NAME</c>, <c>provider NAME</c>,
    /// or <c>*</c> for nobody. It enters a question only when something asks for it.
    /// </summary>
    public RequestVariable Caller => variables.TryGetValue(CallerName, out RequestVariable? caller) ? caller : Add(CallerName, true, false);

    /// <summary>The name of a role session; absent for other callers, and for a session whose name is not known.</summary>
    public RequestVariable Session => variables.TryGetValue(SessionName, out RequestVariable? session) ? session : Add(SessionName, false, false);

    /// <summary>Whether the question speaks of the caller.</summary>
    public bool SpeaksOfCaller => variables.ContainsKey(CallerName);

    /// <summary>Whether the question speaks of the name of a role session.</summary>
    public bool SpeaksOfSession => variables.ContainsKey(SessionName);

    /// <summary>All atoms by number.</summary>
    public IReadOnlyList<RequestAtom> Atoms => atoms;

    /// <summary>All variables, in the order in which they were met.</summary>
    public IReadOnlyList<RequestVariable> Variables => order;

    /// <summary>The variable of a condition key.</summary>
    public RequestVariable Key(string foldedKey)
    {
        if (variables.TryGetValue(foldedKey, out RequestVariable? known))
        {
            return known;
        }

        return Add(foldedKey, false, ServiceCatalogue.Default.FindKeyType(foldedKey)?.IsMultivalued ?? withSetOperators.Contains(foldedKey));
    }

    /// <summary>Whether the question speaks of a key.</summary>
    public bool Speaks(string foldedKey) => variables.ContainsKey(foldedKey);

    private RequestVariable Add(string name, bool always, bool multivalued)
    {
        var variable = new RequestVariable(order.Count, name, always, multivalued);
        variables.Add(name, variable);
        order.Add(variable);
        return variable;
    }

    /// <summary>A Boolean with a name; the same name is the same Boolean.</summary>
    public Formula Free(string name) => Atom(AtomKind.Free, null, null, name);

    /// <summary>True in the other reading of a disputed point.</summary>
    public Formula Reading(Reading reading)
    {
        if (!readings.TryGetValue(reading, out Formula formula))
        {
            readings.Add(reading, formula = Free(NamesOfReadings[reading]));
        }

        return formula;
    }

    /// <summary>The disputed points met so far, each with its Boolean.</summary>
    public IReadOnlyDictionary<Reading, Formula> Readings => readings;

    /// <summary>The key has a value.</summary>
    public Formula Present(RequestVariable variable) =>
        variable.IsAlwaysPresent ? Formula.True : Atom(AtomKind.Present, variable, null, "");

    /// <summary>The atom that a condition key has a value.</summary>
    public int PresenceOf(RequestVariable variable) => Graph.AtomOf(Present(variable).Node);

    /// <summary>Some value of the key is in the set.</summary>
    public Formula Exists(RequestVariable variable, ValueSet set)
    {
        if (set is TextSet { Sensitivity: Policy.Reading.None } text)
        {
            PatternSet patterns = text.Patterns(Policy.Reading.None);
            if (patterns.Count == 0)
            {
                return Formula.False;
            }

            if (patterns.IsEverything)
            {
                return Present(variable);
            }
        }

        return Atom(AtomKind.Exists, variable, set, "");
    }

    /// <summary>Some value of the key is outside the set.</summary>
    public Formula Misses(RequestVariable variable, ValueSet set) => variable.IsMultivalued
        ? Atom(AtomKind.Misses, variable, set, "")
        : Graph.And(Present(variable), !Exists(variable, set));

    /// <summary>The key has values, all of them in the set.</summary>
    public Formula Only(RequestVariable variable, ValueSet set) => Graph.And(Exists(variable, set), !Misses(variable, set));

    private Formula Atom(AtomKind kind, RequestVariable? variable, ValueSet? set, string name)
    {
        var key = new AtomKey(kind, variable, set, name);
        if (!atomsByKey.TryGetValue(key, out int index))
        {
            index = atoms.Count;
            atoms.Add(new RequestAtom(kind, variable, set, name));
            atomsByKey.Add(key, index);
        }

        return Graph.Atom(index);
    }

    /// <summary>What tells atoms apart.</summary>
    private readonly struct AtomKey(AtomKind kind, RequestVariable? variable, ValueSet? set, string name) : IEquatable<AtomKey>
    {
        private readonly AtomKind kind = kind;
        private readonly int variable = variable?.Id ?? -1;
        private readonly ValueSet? set = set;
        private readonly string name = name;

        public bool Equals(AtomKey other) => kind == other.kind && variable == other.variable && name == other.name
            && (set is null ? other.set is null : other.set is not null && set.Equals(other.set));

        public override bool Equals(object? obj) => obj is AtomKey other && Equals(other);

        public override int GetHashCode()
        {
            int hash = set is not null ? set.GetHashCode() : name.Length > 0 ? StringComparer.Ordinal.GetHashCode(name) : 0;
            return unchecked((((hash * 31) + variable) * 31) + (int)kind);
        }
    }
}
