namespace ProvableSec.CertificateChecker.Values;

/// <summary>What the lemmas of one certificate have cost together, counted and never timed.</summary>
internal sealed class LemmaEffort
{
    /// <summary>At most this many moves of automata for all lemmas; more than any certificate of real policies has needed.</summary>
    public const long MostMoves = 400_000_000;

    /// <summary>At most this many places in the states of all automata, which is what they keep in memory.</summary>
    public const long MostPlaces = 5_000_000;

    private long places;

    /// <summary>The moves so far.</summary>
    public long Moves { get; private set; }

    /// <summary>Counts moves, each place that a new state is made of being one.</summary>
    /// <returns>False beyond the limits.</returns>
    public bool Count(long moves, long places)
    {
        Moves += moves + places;
        this.places += places;
        return Moves <= MostMoves && this.places <= MostPlaces;
    }
}
