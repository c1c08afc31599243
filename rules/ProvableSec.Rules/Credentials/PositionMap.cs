namespace ProvableSec.Rules.Credentials;

/// <summary>
/// Where the bytes of a decoded text stand in the text that it was decoded from. Points are given in ascending order; between two of them the places lie
/// in proportion, which is exact where nothing was decoded.
/// </summary>
/// <param name="outer">The map of the text that this one was decoded from, if that was decoded as well.</param>
internal sealed class PositionMap(PositionMap? outer)
{
    private readonly List<(int Decoded, int Source)> points = [];

    /// <summary>Adds a point behind those that there are.</summary>
    public void Add(int decoded, int source) => points.Add((decoded, source));

    /// <summary>The offset in the file.</summary>
    public int InFile(int decoded)
    {
        int low = 0, high = points.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (points[middle].Decoded <= decoded)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        (int fromDecoded, int fromSource) = points[low];
        int source = fromSource + decoded - fromDecoded;
        if (low + 1 < points.Count)
        {
            (int toDecoded, int toSource) = points[low + 1];
            source = fromSource + (int)((long)(decoded - fromDecoded) * (toSource - fromSource) / (toDecoded - fromDecoded));
        }

        return outer is null ? source : outer.InFile(source);
    }
}
