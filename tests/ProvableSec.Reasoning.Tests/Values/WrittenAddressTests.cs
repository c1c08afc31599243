using System.Globalization;
using System.Net;
using System.Numerics;
using CsCheck;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Tests.Values;

/// <summary>The three readers of addresses read every form as the platform does, and refuse what is one sign away from a form.</summary>
public sealed class WrittenAddressTests
{
    private static readonly int[] Groups = [0x1, 0xa2, 0xfed, 0xffff, 0x4567, 0x89, 0xB, 0xc00c];

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("9")]
    [InlineData("10")]
    [InlineData("99")]
    [InlineData("100")]
    [InlineData("199")]
    [InlineData("255")]
    public void A_number_of_up_to_255_stands_at_each_of_four_places(string octet)
    {
        for (int place = 0; place < 4; place++)
        {
            string text = At(place, octet);
            Reads(text, IPAddress.Parse(text));
            Reads("::ffff:" + text, IPAddress.Parse("::ffff:" + text));
        }
    }

    [Theory]
    [InlineData("256")]
    [InlineData("260")]
    [InlineData("300")]
    [InlineData("999")]
    [InlineData("1000")]
    [InlineData("0001")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("012")]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("a")]
    [InlineData("/")]
    [InlineData("1:")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("0x1")]
    [InlineData("1.1")]
    [InlineData("\u0661")]
    public void Nothing_else_does(string octet)
    {
        for (int place = 0; place < 4; place++)
        {
            Refuses(At(place, octet), "::" + At(place, octet), "::ffff:" + At(place, octet));
        }
    }

    [Fact]
    public void An_address_of_version_4_has_four_parts() =>
        Refuses("", ".", "1", "1.2", "1.2.3", "1.2.3.", ".1.2.3", "1.2.3.4.", ".1.2.3.4", "1.2.3.4.5", "1..2.3", "...");

    /// <summary>Every gap that eight groups can have, at every place, with and without an address of version 4 at the end.</summary>
    [Fact]
    public void A_gap_stands_for_the_groups_that_are_missing()
    {
        for (int front = 0; front <= 7; front++)
        {
            for (int back = 0; front + back <= 7; back++)
            {
                string before = Joined(0, front), after = Joined(8 - back, back);
                Reads($"{before}::{after}", IPAddress.Parse($"{before}::{after}"));
                if (back <= 5)
                {
                    string mapped = $"{before}::{after}{(after.Length == 0 ? "" : ":")}198.51.100.7";
                    if (front + back <= 5)
                    {
                        Reads(mapped, IPAddress.Parse(mapped));
                    }
                    else
                    {
                        Refuses(mapped);
                    }
                }
            }

            Refuses($"{Joined(0, front)}::{Joined(front, 8 - front)}");
        }

        Reads(Joined(0, 8), IPAddress.Parse(Joined(0, 8)));
        Reads(Joined(0, 6) + ":198.51.100.7", IPAddress.Parse(Joined(0, 6) + ":198.51.100.7"));
    }

    [Fact]
    public void Groups_are_eight_or_have_one_gap()
    {
        for (int count = 1; count <= 10; count++)
        {
            string groups = string.Join(':', Enumerable.Repeat("1", count));
            if (count != 8)
            {
                Refuses(count == 1 ? groups + ":" : groups, groups + ":", ":" + groups);
            }

            if (count != 6)
            {
                Refuses(groups + ":1.2.3.4");
            }

            Refuses("1.2.3.4:" + groups, "1.2.3.4::" + groups, groups + "::1.2.3.4:1");
        }

        Refuses(":", ":::", "::1::", "1::2::3", "::1:", ":1::", ":1", "1:", "1:::2", "1::2:", ":1::2", "1.2.3.4::", "::1.2.3.4:", "::1.2.3", "::1.2.3.4.5");
    }

    [Fact]
    public void A_group_has_one_to_four_hexadecimal_digits()
    {
        foreach (char digit in "0123456789abcdefABCDEF")
        {
            for (int length = 1; length <= 4; length++)
            {
                string group = new(digit, length);
                Reads($"1:{group}::{group}", IPAddress.Parse($"1:{group}::{group}"));
                Reads($"::{digit}{"1f3"[..(length - 1)]}", IPAddress.Parse($"::{digit}{"1f3"[..(length - 1)]}"));
            }
        }

        foreach (string group in (string[])["00000", "11111", "fffff", "g", "G", "/", "@", "`", "-1", "+1", "0x1", " 1", "1 ", "x", "\u0661"])
        {
            Refuses($"::{group}", $"{group}::", $"1:{group}::", $"1:2:3:4:5:6:7:{group}");
        }
    }

    [Fact]
    public void Readers_agree_with_the_platform() =>
        Gen.Select(Gen.OneOf(Gen.Const(0), Gen.Int[0, 0xFFFF]).Array[8], Gen.Int[0, 2]).Each(2_000, (groups, form) =>
        {
            var address = new IPAddress(groups.SelectMany(g => (byte[])[(byte)(g >> 8), (byte)g]).ToArray());
            Reads(form switch
            {
                0 => address.ToString(),
                1 => string.Join(':', groups.Select(g => g.ToString("x", CultureInfo.InvariantCulture))),
                _ => string.Join(':', groups.Select(g => g.ToString("X4", CultureInfo.InvariantCulture))),
            }, address);
        });

    /// <summary>A prefix takes its own bits and no more: the next address that differs in one of them is outside, that differs behind them inside.</summary>
    [Theory]
    [InlineData("198.51.100.170", 32)]
    [InlineData("0.0.0.0", 32)]
    [InlineData("255.255.255.255", 32)]
    [InlineData("2001:db8:aaaa:5555:0:ffff:8000:1", 128)]
    [InlineData("::", 128)]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 128)]
    public void A_range_holds_what_has_its_first_bits(string text, int bits)
    {
        byte[] address = IPAddress.Parse(text).GetAddressBytes();
        for (int prefix = 0; prefix <= bits; prefix++)
        {
            for (int bit = 0; bit < bits; bit += bits == 32 ? 1 : bit + 3 < prefix || bit > prefix + 3 ? 5 : 1)
            {
                byte[] other = [.. address];
                other[bit / 8] ^= (byte)(128 >> (bit % 8));
                Holds($"{text}/{prefix}", new IPAddress(other).ToString(), bit >= prefix);
            }

            Holds($"{text}/{prefix}", text, true);
            Holds($"{text}/{prefix}", bits == 32 ? "::" : "0.0.0.0", false);
        }

        Holds(text, text, true);
        foreach (string range in (string[])[$"{text}/{bits + 1}", $"{text}/", $"{text}/-1", $"{text}/+1", $"{text}/ 1", $"{text}/1 ", $"{text}/a",
            $"{text}/0001", $"{text}//8", $"{text}/8/8", $"{text}/8/", $"/{text}", "/8", $"{text}/999", $"{text}/1000", $" {text}", $"{text} ",
                $"{text}/\u0661"])
        {
            Assert.False(IpRange.TryParse(range, out _), $"the evaluator takes '{range}'");
            Assert.False(ProvableSec.Reasoning.Values.AddressSet.IsRange(range), $"the prover takes '{range}'");
            Assert.True(PlainAddress.ReadRange(range) is null, $"the checker takes '{range}'");
        }
    }

    private static string At(int place, string octet) => string.Join('.', Enumerable.Range(0, 4).Select(i => i == place ? octet : $"{i + 5}"));

    private static string Joined(int from, int count) =>
        string.Join(':', Groups.Skip(from).Take(count).Select(g => g.ToString("x", CultureInfo.InvariantCulture)));

    private static BigInteger NumberOf(IPAddress address) => new(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true);

    private static void Holds(string range, string address, bool inside)
    {
        Assert.True(IpRange.TryParse(range, out IpRange evaluated), $"the evaluator refuses {range}");
        Assert.True(IpRange.TryParse(address, out IpRange one) && one.IsBare, $"the evaluator refuses {address}");
        Assert.True(evaluated.Contains(one) == inside, $"to the evaluator {address} is {(inside ? "not " : "")}in {range}");
        Assert.True(new ProvableSec.Reasoning.Values.AddressSet([range]).Contains(address, Reading.None) == inside,
            $"to the prover {address} is {(inside ? "not " : "")}in {range}");
        (PlainAddress first, int prefix) = PlainAddress.ReadRange(range)!.Value;
        prefix = prefix < 0 ? first.Bits : prefix;
        PlainAddress value = PlainAddress.Read(address)!;
        Assert.True((value.IsV6 == first.IsV6 && value.Number >= first.FirstOf(prefix) && value.Number < first.EndOf(prefix)) == inside,
            $"to the checker {address} is {(inside ? "not " : "")}in {range}");
    }

    private static void Reads(string text, IPAddress address)
    {
        bool v6 = address.GetAddressBytes().Length == 16;
        string canonical = v6 ? string.Join(':', address.GetAddressBytes().Chunk(2).Select(pair => $"{(pair[0] << 8) | pair[1]:x}")) : address.ToString();
        Holds(text, canonical, true);
        Holds(canonical, text, true);
        Assert.Equal(new PlainAddress(v6, NumberOf(address)), PlainAddress.Read(text));
        Assert.True(ProvableSec.Reasoning.Values.AddressSet.TryParseAddress(text, out bool isV6, out UInt128Pair number) && isV6 == v6
            && (new BigInteger(number.High) << 64) + number.Low == NumberOf(address), $"the prover reads {text} as {number}");
    }

    private static void Refuses(params string[] texts)
    {
        foreach (string text in texts)
        {
            Assert.False(IpRange.TryParse(text, out _), $"the evaluator takes '{text}'");
            Assert.False(ProvableSec.Reasoning.Values.AddressSet.TryParseAddress(text, out _, out _), $"the prover takes '{text}'");
            Assert.True(PlainAddress.Read(text) is null, $"the checker takes '{text}'");
        }
    }
}
