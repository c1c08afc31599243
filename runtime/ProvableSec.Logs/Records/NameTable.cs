using System.Text;

namespace ProvableSec.Logs.Records;

/// <summary>Numbers of names that are met as bytes. ASCII letters are equal in either case.</summary>
internal sealed class NameTable
{
    private readonly byte[]?[] names;
    private readonly int[] values;
    private readonly int mask;

    /// <summary>Creates a table in which each name has its place among the given ones as number.</summary>
    public NameTable(params IReadOnlyList<string> given)
    {
        Count = given.Count;
        int size = 16;
        while (size < given.Count * 4)
        {
            size *= 2;
        }

        names = new byte[]?[size];
        values = new int[size];
        mask = size - 1;
        for (int i = 0; i < given.Count; i++)
        {
            byte[] name = Encoding.UTF8.GetBytes(given[i].ToLowerInvariant());
            int at = Hash(name) & mask;
            while (names[at] is not null)
            {
                at = (at + 1) & mask;
            }

            names[at] = name;
            values[at] = i;
        }
    }

    /// <summary>How many names there are.</summary>
    public int Count { get; }

    /// <summary>The number of a name; -1 when it is none of them.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (int at = Hash(name) & mask; names[at] is { } known; at = (at + 1) & mask)
        {
            if (known.Length == name.Length && Ascii.EqualsIgnoreCase(known, name))
            {
                return values[at];
            }
        }

        return -1;
    }

    /// <summary>The columns of names by their numbers; -1 where a name has none.</summary>
    public int[] Columns(params ReadOnlySpan<(int Name, int Column)> pairs)
    {
        int[] columns = new int[Count];
        Array.Fill(columns, -1);
        foreach ((int name, int column) in pairs)
        {
            columns[name] = column;
        }

        return columns;
    }

    private static int Hash(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? 0 : (name.Length * 31) ^ ((name[0] | 0x20) * 7) ^ ((name[^1] | 0x20) << 3) ^ ((name[name.Length / 2] | 0x20) << 1);
}
