namespace ProvableSec.Bench.Output;

/// <summary>What one series of growing questions cost.</summary>
/// <param name="Name">What grows.</param>
/// <param name="Says">The question, in words.</param>
/// <param name="Points">Processor time by size, from the smallest.</param>
internal sealed record GrowthLine(string Name, string Says, IReadOnlyList<(int Size, double Milliseconds)> Points)
{
    /// <summary>1 where twice the size costs twice as much, 2 where it costs four times as much: over the upper half of the sizes, since what every answer
    /// costs hides it below.</summary>
    public double Exponent
    {
        get
        {
            (int size, double milliseconds) = Points[Points.Count / 2];
            return Math.Log(Points[^1].Milliseconds / milliseconds) / Math.Log((double)Points[^1].Size / size);
        }
    }
}
