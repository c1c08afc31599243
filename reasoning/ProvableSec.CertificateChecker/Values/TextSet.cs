using ProvableSec.Policy;

namespace ProvableSec.CertificateChecker.Values;

/// <summary>Texts by patterns; what a pattern means may depend on disputed points.</summary>
internal sealed class TextSet(string name, Reading readings, Func<Reading, IEnumerable<Place[]>> patternsUnder) : ValueSet(name)
{
    private readonly Dictionary<Reading, Place[][]> patterns = [];
    private readonly Dictionary<Reading, PatternStates> states = [];

    /// <summary>A set whose meaning nobody disputes.</summary>
    public TextSet(string name, params IEnumerable<Place>[] patterns)
        : this(name, Reading.None, _ => patterns.Select(p => p.ToArray()))
    {
    }

    public override Reading Readings { get; } = readings;

    /// <summary>The patterns, of which one must take the text.</summary>
    public IReadOnlyList<Place[]> Patterns(Reading under)
    {
        if (!patterns.TryGetValue(under & Readings, out Place[][]? found))
        {
            patterns.Add(under & Readings, found = [.. patternsUnder(under & Readings)]);
        }

        return found;
    }

    /// <summary>The patterns as an automaton.</summary>
    public PatternStates States(Reading under)
    {
        if (!states.TryGetValue(under & Readings, out PatternStates? found))
        {
            states.Add(under & Readings, found = new PatternStates(Patterns(under)));
        }

        return found;
    }

    /// <summary>The texts that it names without wildcards.</summary>
    public IEnumerable<string> Texts => Patterns(Reading.None).Where(p => p.All(place => place.Kind == PlaceKind.Exact))
        .Select(p => new string([.. p.Select(place => place.Character)]));

    /// <summary>The members one by one, or null when there are endlessly many.</summary>
    public IReadOnlyList<string>? Members(Reading under)
    {
        IReadOnlyList<Place[]> all = Patterns(under);
        return all.All(p => p.All(place => place.Kind == PlaceKind.Exact))
            ? [.. all.Select(p => new string([.. p.Select(place => place.Character)]))]
            : null;
    }

    public override bool Contains(string text, Reading under)
    {
        PatternStates automaton = States(under);
        int state = PatternStates.Start;
        foreach (char c in text)
        {
            state = automaton.Next(state, c);
        }

        return automaton.Accepts(state);
    }
}
