"""Pictures: their size is known, and what is not the picture it claims to be is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from generator import images
from generator.images import measure


def picture(form: str, size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(stream, form, **options)
    return stream.getvalue()


def measured(tmp_path: Path, name: str, data: bytes) -> tuple[int, int, str]:
    file = tmp_path / name
    file.write_bytes(data)
    width, height, problem = measure(f"content/news/{name}", str(file))
    return width, height, problem.text() if problem else ""


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.gif", "GIF"), ("a.webp", "WEBP")],
)
def test_measures_pictures(name: str, form: str, tmp_path: Path) -> None:
    assert measured(tmp_path, name, picture(form)) == (30, 20, "")


def test_takes_a_telephones_double_picture_for_a_jpeg(tmp_path: Path) -> None:
    second = Image.new("RGB", (30, 20), "black")

    data = picture("MPO", save_all=True, append_images=[second])

    assert measured(tmp_path, "a.jpg", data) == (30, 20, "")


def test_refuses_an_extension_that_is_not_the_content(tmp_path: Path) -> None:
    assert measured(tmp_path, "a.jpg", picture("PNG")) == (
        30,
        20,
        "content/news/a.jpg: 错误[image-type-mismatch]: 扩展名是 jpg，内容是 png\n"
        "  办法：把扩展名改成 .png，引用它的地方一起改",
    )


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", picture("PNG")[:40]])
def test_refuses_what_is_no_picture(data: bytes, tmp_path: Path) -> None:
    assert measured(tmp_path, "a.png", data) == (
        0,
        0,
        "content/news/a.png: 错误[bad-image]: 图片打不开\n  办法：用看图软件另存为 PNG 或 JPEG",
    )


def test_refuses_a_picture_too_large_to_be_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 599)

    assert measured(tmp_path, "a.png", picture("PNG"))[2] == (
        "content/news/a.png: 错误[image-too-large]: 图片有 30×20 像素\n  办法：缩小到 6000 万像素以内"
    )


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 24 16"', (24, 16)),
        ('viewBox="0,0,24.4,16"', (24, 16)),
        ('viewBox="0 0 .. .."', (0, 0)),
        ('viewBox="0 0 1e9 1"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_measures_drawings_by_their_view_box(attributes: str, size: tuple[int, int], tmp_path: Path) -> None:
    assert measured(tmp_path, "a.svg", f"<svg {attributes}></svg>".encode()) == (*size, "")


@pytest.mark.parametrize(
    "inner",
    [
        "<script>x()</script>",
        '<a onclick="x()"/>',
        "<foreignObject/>",
        '<a href="javascript:x"/>',
        "<!ENTITY a 'b'>",
    ],
)
def test_refuses_drawings_with_scripts(inner: str, tmp_path: Path) -> None:
    assert measured(tmp_path, "a.svg", f"<svg>{inner}</svg>".encode())[2] == (
        "content/news/a.svg: 错误[active-svg]: SVG 图片里有脚本或外部内容\n  办法：删去脚本后再用，或另存为 PNG"
    )


def test_refuses_a_drawing_that_is_none(tmp_path: Path) -> None:
    assert measured(tmp_path, "a.svg", b"\x89PNG") == (
        0,
        0,
        "content/news/a.svg: 错误[bad-image]: 图片打不开\n  办法：重新导出 SVG，或另存为 PNG",
    )


def test_damaged_notes_of_a_camera_harm_nothing(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({2: (30.0, 0.0, 1.0)})
    Image.new("RGB", (8, 6)).save(tmp_path / "a.jpg", exif=exif)
    data = (tmp_path / "a.jpg").read_bytes()
    start = data.index(b"Exif") + 10
    (tmp_path / "a.jpg").write_bytes(data[:start] + b"\xff" * 24 + data[start + 24 :])

    assert measure("a.jpg", str(tmp_path / "a.jpg"))[:2] == (8, 6)


# --- what is published -----------------------------------------------------------------------------


def photograph(form: str = "JPEG", size: tuple[int, int] = (1200, 900), orientation: int = 1) -> bytes:
    """Return a picture, red at the left and blue at the right, with the place where it was taken."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x010F] = "MakerOfTelephone"
    exif.get_ifd(0x8825)[2] = (30.0, 0.0, 36.0)
    stream = io.BytesIO()
    options: dict[str, object] = {"exif": exif.tobytes()}
    if form == "PNG":
        text = PngInfo()
        text.add_text("Author", "MakerOfTelephone")
        options["pnginfo"] = text
    if form == "JPEG":
        options |= {"comment": b"MakerOfTelephone", "quality": 85}
    if form == "WEBP":
        options["xmp"] = b"<x>MakerOfTelephone</x>"
    image.save(stream, form, **options)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_publishes_the_same_pixels_without_notes(form: str) -> None:
    data = photograph(form)
    assert b"MakerOfTelephone" in data

    cleaned = images.made(data, "clean")

    assert b"MakerOfTelephone" not in cleaned and b"Exif" not in cleaned
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(cleaned)) as after:
        assert not after.getexif() and "comment" not in after.info and "xmp" not in after.info
        assert after.format == form and before.tobytes() == after.tobytes()
    assert len(cleaned) < len(data)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_turns_a_picture_that_a_note_said_to_turn(form: str) -> None:
    data = photograph(form, orientation=6)

    with Image.open(io.BytesIO(images.made(data, "clean"))) as image:
        assert image.size == (900, 1200)
        top, bottom = (image.convert("RGB").getpixel((450, y)) for y in (100, 1100))
    assert top[0] > 200 > top[2] and bottom[2] > 200 > bottom[0]  # type: ignore[index]


def test_measures_a_turned_picture_as_it_is_shown(tmp_path: Path) -> None:
    assert measured(tmp_path, "a.jpg", photograph(orientation=8)) == (900, 1200, "")


def test_keeps_the_colour_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture("JPEG", (600, 40), icc_profile=profile)

    for form in ("clean", "webp", "avif"):
        with Image.open(io.BytesIO(images.made(data, form, 480))) as image:
            assert image.info.get("icc_profile") == profile, form


@pytest.mark.parametrize(("form", "written"), [("webp", "WEBP"), ("avif", "AVIF")])
def test_makes_smaller_pictures_that_are_equal_each_time(form: str, written: str) -> None:
    data = photograph()

    smaller = images.made(data, form, 480)

    assert images.made(data, form, 480) == smaller
    assert len(smaller) < len(data) and b"MakerOfTelephone" not in smaller
    with Image.open(io.BytesIO(smaller)) as image:
        assert (image.format, image.size) == (written, (480, 360))


def test_keeps_what_is_transparent() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (500, 10), (0, 0, 0, 0)).save(stream, "PNG")

    with Image.open(io.BytesIO(images.made(stream.getvalue(), "webp", 480))) as image:
        assert image.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_leaves_out_the_second_picture_of_a_telephone() -> None:
    second = Image.new("RGB", (300, 200), "black")
    data = picture("MPO", (300, 200), save_all=True, append_images=[second])

    cleaned = images.made(data, "clean")

    with Image.open(io.BytesIO(cleaned)) as image:
        assert (image.format, image.size) == ("JPEG", (300, 200))
        assert image.getpixel((5, 5)) == (255, 255, 255)
    assert len(cleaned) < len(data)


@pytest.mark.parametrize(
    ("url", "width", "listed"),
    [
        ("a.png", 300, {"image/webp": [300]}),
        ("a.png", 1000, {"image/webp": [480, 960, 1000]}),
        ("a.jpg", 4000, {"image/avif": [480, 960, 1600], "image/webp": [480, 960, 1600]}),
        ("a.webp", 1000, {}),
        ("a.gif", 1000, {}),
        ("a.jpg", 0, {}),
    ],
)
def test_offers_no_picture_larger_than_the_original(
    url: str, width: int, listed: dict[str, list[int]]
) -> None:
    found = images.sources_of(url, width)

    assert {form: [step for _, step in candidates] for form, candidates in found} == listed
