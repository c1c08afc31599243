namespace ProvableSec.CertificateChecker.Values;

/// <summary>
/// A union of patterns as an automaton: a state is the set of places that a text may have reached. States are made when a text first reaches them.
/// </summary>
internal sealed class PatternStates
{
    /// <summary>The state from which no text is taken.</summary>
    public const int Dead = 0;

    /// <summary>The state from which every text is taken.</summary>
    public const int Everything = 1;

    /// <summary>The state before the first character.</summary>
    public const int Start = 2;

    // A reached place is numbered through all patterns; behind the last place of each stands its end.
    private readonly List<Place?> places = [];
    private readonly List<int> patternOf = [];
    private readonly List<int[]> states = [[], []];
    private readonly List<bool> accepts = [false, true];
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private readonly Dictionary<(int State, char Character), int> steps = [];

    public PatternStates(IEnumerable<Place[]> patterns)
    {
        var start = new SortedSet<int>();
        int number = 0;
        foreach (Place[] pattern in patterns)
        {
            start.Add(places.Count);
            places.AddRange(pattern.Select(p => (Place?)p));
            places.Add(null);
            patternOf.AddRange(Enumerable.Repeat(number++, pattern.Length + 1));
        }

        Make(start, isStart: true);
    }

    /// <summary>The places in all states made so far.</summary>
    public long Places { get; private set; }

    /// <summary>Whether a text that ends in this state is taken.</summary>
    public bool Accepts(int state) => accepts[state];

    /// <summary>The state after one more character.</summary>
    public int Next(int state, char c)
    {
        if (state is Dead or Everything)
        {
            return state;
        }

        if (!steps.TryGetValue((state, c), out int next))
        {
            var reached = new SortedSet<int>();
            foreach (int at in states[state])
            {
                if (places[at] is { } place && place.Takes(c))
                {
                    reached.Add(place.IsStar ? at : at + 1);
                }
            }

            steps.Add((state, c), next = Make(reached, isStart: false));
        }

        return next;
    }

    private int Make(SortedSet<int> reached, bool isStart)
    {
        // A star may take nothing.
        var closed = new SortedSet<int>(reached);
        foreach (int from in reached)
        {
            for (int at = from; places[at] is { IsStar: true }; at++)
            {
                closed.Add(at + 1);
            }
        }

        // What the places before a later star take, that star takes too.
        var kept = new List<int>();
        int starred = -1;
        foreach (int at in closed.Reverse())
        {
            if (patternOf[at] != starred)
            {
                kept.Add(at);
                starred = places[at] is { Kind: PlaceKind.Star } ? patternOf[at] : -1;
            }
        }

        bool ends = kept.Exists(at => places[at] is null);
        bool everything = kept.Exists(at => places[at] is { Kind: PlaceKind.Star } && places[at + 1] is null);
        if (!isStart && (kept.Count == 0 || everything))
        {
            return everything ? Everything : Dead;
        }

        string key = string.Join(",", kept);
        if (!known.TryGetValue(key, out int state))
        {
            state = states.Count;
            states.Add([.. kept]);
            Places += kept.Count;
            accepts.Add(ends);
            known.Add(key, state);
        }

        return state;
    }
}
