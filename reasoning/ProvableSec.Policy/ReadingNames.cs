using System.Text;

namespace ProvableSec.Policy;

/// <summary>The readings as users write them: <see cref="Reading.InnerStarStopsAtColon"/> is <c>inner-star-stops-at-colon</c>.</summary>
public static class ReadingNames
{
    private static readonly (string Name, Reading Reading)[] Known = Enumerate();

    /// <summary>Every name, in the order of the flags.</summary>
    public static IEnumerable<string> All => Known.Select(known => known.Name);

    /// <summary>The names of the flags that are set, in the order of the flags.</summary>
    public static IEnumerable<string> Of(Reading readings) =>
        Known.Where(known => (readings & known.Reading) != 0).Select(known => known.Name);

    /// <summary>The flag of a name; <c>default</c> is <see cref="Reading.None"/>.</summary>
    public static bool TryParse(string name, out Reading reading)
    {
        reading = Reading.None;
        if (name == "default")
        {
            return true;
        }

        foreach ((string known, Reading flag) in Known)
        {
            if (known == name)
            {
                reading = flag;
                return true;
            }
        }

        return false;
    }

    private static (string Name, Reading Reading)[] Enumerate()
    {
        var names = new List<(string Name, Reading Reading)>();
        foreach (string name in Enum.GetNames(typeof(Reading)))
        {
            if (name != nameof(Reading.None))
            {
                names.Add((Kebab(name), (Reading)Enum.Parse(typeof(Reading), name)));
            }
        }

        return [.. names];
    }

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 8);
        foreach (char c in name)
        {
            if (c is >= 'A' and <= 'Z')
            {
                if (kebab.Length > 0)
                {
                    kebab.Append('-');
                }

                kebab.Append((char)(c + ('a' - 'A')));
            }
            else
            {
                kebab.Append(c);
            }
        }

        return kebab.ToString();
    }
}
