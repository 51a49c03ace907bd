package inspection

import "slices"

// ViewNames are the views in words.
var ViewNames = map[string]string{"front": "Front", "rear": "Rear", "left": "Left side", "right": "Right side", "top": "Top", "inside": "Inside"}

// Outline is a vehicle seen from one side, as lines: x, y, x, y, … in thousandths
// of the view. It is of no model in particular, so that it serves for all.
func Outline(view string) [][]int {
	side := [][]int{
		{40, 700, 60, 520, 240, 470, 370, 250, 700, 240, 830, 460, 950, 520, 965, 700, 40, 700},
		{270, 460, 380, 290, 530, 285, 530, 460, 270, 460},
		{560, 460, 560, 285, 690, 285, 790, 460, 560, 460},
		circle(220, 720, 75, 150), circle(790, 720, 75, 150),
	}
	switch view {
	case "left":
		return side
	case "right":
		return mirrored(side)
	case "front", "rear":
		lines := [][]int{
			{200, 820, 190, 560, 250, 480, 320, 220, 680, 220, 750, 480, 810, 560, 800, 820, 200, 820},
			{280, 470, 340, 260, 660, 260, 720, 470, 280, 470},
			{215, 820, 215, 920, 290, 920, 290, 820},
			{710, 820, 710, 920, 785, 920, 785, 820},
		}
		if view == "front" {
			return append(lines, []int{390, 640, 610, 640, 610, 740, 390, 740, 390, 640}, circle(265, 620, 40, 60), circle(735, 620, 40, 60))
		}
		return append(lines, []int{420, 680, 580, 680, 580, 750, 420, 750, 420, 680}, []int{210, 580, 300, 580, 300, 660, 205, 660}, []int{790, 580, 700, 580, 700, 660, 795, 660})
	case "top":
		return [][]int{
			{50, 300, 120, 210, 880, 200, 950, 300, 950, 700, 880, 800, 120, 790, 50, 700, 50, 300},
			{300, 280, 380, 310, 380, 690, 300, 720, 300, 280},
			{780, 290, 700, 310, 700, 690, 780, 710, 780, 290},
			{380, 310, 700, 310},
			{380, 690, 700, 690},
		}
	}
	return [][]int{ // inside: seats and wheel, seen from above
		{50, 200, 950, 200, 950, 800, 50, 800, 50, 200},
		{330, 250, 470, 250, 470, 450, 330, 450, 330, 250},
		{330, 550, 470, 550, 470, 750, 330, 750, 330, 550},
		{650, 250, 790, 250, 790, 750, 650, 750, 650, 250},
		circle(220, 350, 50, 90),
	}
}

func mirrored(lines [][]int) [][]int {
	for _, l := range lines {
		for n := 0; n < len(l); n += 2 {
			l[n] = 1000 - l[n]
		}
	}
	return lines
}

// circle has twelve corners: enough for a wheel as large as a thumb.
func circle(x, y, rx, ry int) (l []int) {
	unit := []int{1000, 0, 866, 500, 500, 866, 0, 1000, -500, 866, -866, 500, -1000, 0, -866, -500, -500, -866, 0, -1000, 500, -866, 866, -500, 1000, 0}
	for pair := range slices.Chunk(unit, 2) {
		l = append(l, x+pair[0]*rx/1000, y+pair[1]*ry/1000)
	}
	return l
}
